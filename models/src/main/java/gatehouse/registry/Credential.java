package gatehouse.registry;

import gatehouse.event.CredentialType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credential: card, PIN, QR, phone, face-on-device reference, plate.
 *
 * @param credential its id, never its secret
 * @param type what it is
 * @param holder person id of the holder, if registered
 * @param unit the unit it belongs to, if any
 * @param places ids of the places it opens; empty: all
 * @param status why it ended, when its validity has ended
 * @param supersededBy the credential that replaced it, if any
 */
public record Credential(
    Entry entry,
    String credential,
    CredentialType type,
    @Nullable String holder,
    @Nullable String unit,
    List<String> places,
    Status status,
    @Nullable String supersededBy)
    implements RegistryFact {

  @Override
  public String thing() {
    return credential;
  }


  /** What became of a credential. */
  public enum Status {
    ACTIVE,
    EXPIRED,
    REVOKED,
    LOST,
    SUPERSEDED,
    MOVED_OUT
  }
}
