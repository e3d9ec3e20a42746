package gatehouse.replay.log;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens a log: a file or the standard input, compressed or not, with or without a mark. */
public final class LogFile {

  private static final int MARK = 4;

  private LogFile() {}

  /** The text of a file; {@code -} is the standard input. The caller closes it. */
  public static BufferedReader open(String file, Charset encoding) throws IOException {
    return decode(file.equals("-") ? System.in : Files.newInputStream(Path.of(file)), encoding);
  }

  /** The text of a stream, which is unpacked if it is in gzip form. */
  static BufferedReader decode(InputStream raw, Charset encoding) throws IOException {
    InputStream bytes = peekable(raw);
    byte[] start = peek(bytes);
    if (start.length >= 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
      bytes = peekable(new GZIPInputStream(bytes));
      start = peek(bytes);
    }
    Charset charset = encoding;
    int skip = 0;
    if (begins(start, 0xef, 0xbb, 0xbf)) {
      charset = StandardCharsets.UTF_8;
      skip = 3;
    } else if (begins(start, 0xff, 0xfe)) {
      charset = StandardCharsets.UTF_16LE;
      skip = 2;
    } else if (begins(start, 0xfe, 0xff)) {
      charset = StandardCharsets.UTF_16BE;
      skip = 2;
    }
    bytes.skipNBytes(skip);
    // What is not of the encoding becomes U+FFFD: the row is then reported, the rest goes on.
    Reader reader =
        new InputStreamReader(
            bytes,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE));
    return new BufferedReader(reader, 1 << 16);
  }

  private static InputStream peekable(InputStream in) {
    return new BufferedInputStream(in, 1 << 16);
  }

  private static byte[] peek(InputStream bytes) throws IOException {
    bytes.mark(MARK);
    byte[] start = bytes.readNBytes(MARK);
    bytes.reset();
    return start;
  }

  private static boolean begins(byte[] start, int... with) {
    if (start.length < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if ((start[i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }
}
