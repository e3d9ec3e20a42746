package gatehouse.credential;

import gatehouse.wire.RecordCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;

/** SHA-256 over a list's entries, by credential, each as JSON and a line end, in hexadecimal. */
public final class ListDigest {

  private ListDigest() {}

  /** The digest; the order in which the entries come does not matter. */
  public static String of(Collection<CredentialEntry> entries) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    entries.stream()
        .sorted(Comparator.comparing(CredentialEntry::credential))
        .forEach(
            entry -> {
              digest.update(RecordCodec.of(CredentialEntry.class).encode(entry));
              digest.update((byte) '\n');
            });
    return HexFormat.of().formatHex(digest.digest());
  }
}
