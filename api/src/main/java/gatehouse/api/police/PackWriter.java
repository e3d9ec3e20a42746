package gatehouse.api.police;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files into a zip as they come, and remembers the SHA-256 of each. */
final class PackWriter {

  private final ZipOutputStream zip;
  private final List<Written> written = new ArrayList<>();

  PackWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  /** A file of the pack. */
  record Written(String name, String sha256) {}

  /** Writes the text of a file. */
  interface Content {
    void write(Writer to) throws IOException;
  }

  /** Adds a file. */
  Written add(String name, Content content) throws IOException {
    MessageDigest digest = sha256();
    zip.putNextEntry(new ZipEntry(name));
    // Not to be closed: that would close the zip.
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(new DigestOutputStream(zip, digest), StandardCharsets.UTF_8));
    content.write(out);
    out.flush();
    zip.closeEntry();
    Written file = new Written(name, HexFormat.of().formatHex(digest.digest()));
    written.add(file);
    return file;
  }

  /** The files so far. */
  List<Written> files() {
    return List.copyOf(written);
  }

  /**
   * The SHA-256 of the whole: of the lines {@code sha256sum} would print for the files so far, in
   * their order.
   */
  String whole() {
    MessageDigest digest = sha256();
    for (Written file : written) {
      digest.update((file.sha256() + "  " + file.name() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Ends the zip. */
  void finish() throws IOException {
    zip.finish();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
