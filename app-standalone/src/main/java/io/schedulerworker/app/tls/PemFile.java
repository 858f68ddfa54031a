package io.schedulerworker.app.tls;

import io.schedulerworker.app.io.TextFile;
import io.schedulerworker.app.io.UnreadableFileException;
import io.schedulerworker.model.Texts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file in PEM had when it was read. Equal to another one of the same content. Shows nothing of it. */
record PemFile(String setting, Path path, String text) {
  private static final long LARGEST = 2 << 20;
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

  /** One thing in the file. */
  record Block(String label, String base64) {
    @Override
    public String toString() {
      return label;
    }
  }

  static PemFile read(String setting, Path path) throws BadTlsFileException {
    try {
      // What stands between the blocks may be in any encoding.
      String text = TextFile.readSecret(path, LARGEST, StandardCharsets.ISO_8859_1);
      return new PemFile(setting, path, text);
    } catch (UnreadableFileException e) {
      throw new BadTlsFileException(setting, String.valueOf(e.getMessage()));
    }
  }

  /** All that is in the file, in its order. */
  List<Block> blocks() throws BadTlsFileException {
    List<Block> blocks = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      String end = "-----END " + begin.group(1) + "-----";
      from = text.indexOf(end, begin.end());
      if (from < 0) {
        throw wrong("is cut off, or no PEM: it has no " + end);
      }
      blocks.add(new Block(begin.group(1), text.substring(begin.end(), from)));
    }
    return blocks;
  }

  byte[] content(Block block) throws BadTlsFileException {
    try {
      return Base64.getDecoder().decode(block.base64().replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw wrong(
          "is damaged: what it has between BEGIN and END " + block.label() + " is not base64");
    }
  }

  /** That something is wrong with it, to be read after its name. */
  BadTlsFileException wrong(String what) {
    return new BadTlsFileException(setting, name() + " " + what);
  }

  String name() {
    return "the file " + Texts.quote(path.toString());
  }

  @Override
  public String toString() {
    return "PemFile[" + path + "]";
  }
}
