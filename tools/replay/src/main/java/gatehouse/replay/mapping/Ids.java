package gatehouse.replay.mapping;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Ids of places and devices, made of what a log calls them. */
public final class Ids {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int READABLE = 40;

  private Ids() {}

  /**
   * The id of a name: the name itself if it can be one, else what is readable of it and a digest,
   * so that different names never share an id.
   */
  public static String of(String name) {
    if (ID.matcher(name).matches()) {
      return name;
    }
    String readable =
        Normalizer.normalize(name, Normalizer.Form.NFKC)
            .replaceAll("[^A-Za-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    if (readable.length() > READABLE) {
      readable = readable.substring(0, READABLE);
    }
    return (readable.isEmpty() ? "place" : readable) + '-' + digest(name);
  }

  private static String digest(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
