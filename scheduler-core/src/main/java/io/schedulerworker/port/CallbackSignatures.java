package io.schedulerworker.port;

import java.util.regex.Pattern;

/**
 * The signatures of callback URLs in texts of others: whoever reads one could end that KPI. Nobody keeps a list of them;
 * they are known by the name of their query parameter.
 */
final class CallbackSignatures {
  /** As URLs have it, also within other URLs, and as JSON and HTML may have those; however little a cut has left. */
  private static final Pattern IN_URLS = Pattern.compile(
      "(signature(?:=|%(?:25)*3D|\\\\+u003D|&#(?:x3D|61);))[A-Za-z0-9_-]+",
      Pattern.CASE_INSENSITIVE);

  /** As a member of JSON, or as Node prints a URL's parameters; but not what somebody says of one in a few words. */
  private static final Pattern IN_OBJECTS =
      Pattern.compile("(signature[^A-Za-z0-9]{1,24})[A-Za-z0-9_-]{20,}", Pattern.CASE_INSENSITIVE);

  private CallbackSignatures() {}

  static String redact(String text) {
    String shown = IN_URLS.matcher(text).replaceAll("$1***");
    return IN_OBJECTS.matcher(shown).replaceAll("$1***");
  }
}
