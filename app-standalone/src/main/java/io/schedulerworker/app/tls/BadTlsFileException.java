package io.schedulerworker.app.tls;

import io.schedulerworker.app.io.UnreadableFileException;

/** A certificate or key cannot be used. The message is for the user, names the file, and shows nothing of its content. */
public final class BadTlsFileException extends UnreadableFileException {
  private static final long serialVersionUID = 1L;

  private final String setting;
  private final String what;

  BadTlsFileException(String setting, String what) {
    super(setting + ": " + what);
    this.setting = setting;
    this.what = what;
  }

  /**
   * Which setting is at fault.
   *
   * @return its key
   */
  public String setting() {
    return setting;
  }

  /**
   * What is wrong, without the setting's name.
   *
   * @return one line
   */
  public String what() {
    return what;
  }
}
