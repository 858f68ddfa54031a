package io.schedulerworker.app.api;

import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.port.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of a stored text as entity tags, RFC 9110 section 8.8.3. */
final class EntityTags {
  static final String ANY = "*";

  private static final Pattern LIST =
      Pattern.compile("\\s*(?:W/)?\"[^\"]*\"\\s*(?:,\\s*(?:W/)?\"[^\"]*\"\\s*)*");
  private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

  private EntityTags() {}

  static String of(Version version) {
    return "\"" + version.token() + "\"";
  }

  /** The versions that a header names; weak ones match nothing, as the RFC has it for {@code If-Match}. */
  static List<Version> versions(String header, String value) {
    if (!LIST.matcher(value).matches()) {
      throw new ProblemException(
          400, header + " must be an entity tag in quotes, as ETag of GET has it, or *");
    }
    List<Version> versions = new ArrayList<>();
    for (Matcher tag = TAG.matcher(value); tag.find(); ) {
      if (tag.group(1) == null && !tag.group(2).isEmpty()) {
        versions.add(new Version(tag.group(2)));
      }
    }
    return versions;
  }
}
