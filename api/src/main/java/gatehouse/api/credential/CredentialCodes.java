package gatehouse.api.credential;

import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.store.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The codes of PINs and passes, sealed. Each terminal's list holds a digest with that terminal's
 * salt, so the platform must be able to read the code; nothing else ever does.
 */
@Component
public final class CredentialCodes {

  private final FieldCipher cipher;

  CredentialCodes(FieldCipher cipher) {
    this.cipher = cipher;
  }

  /** Gives a credential or pass its code; the lists follow. To be called by who issues it. */
  public void keep(Transaction tx, String community, String credential, String code) {
    tx.update(
            """
            insert into ledger.code (community, credential, sealed)
            values (:community, :credential, :sealed)
            on conflict (community, credential) do update set sealed = :sealed
            """)
        .bind("community", community)
        .bind("credential", credential)
        .bind("sealed", cipher.seal(FieldClass.SECRET, owner(community, credential), code))
        .execute();
  }

  /** The codes of those of the credentials that have one. */
  Map<String, String> of(Transaction tx, String community, Collection<String> credentials) {
    Map<String, String> codes = new HashMap<>();
    tx.query(
            """
            select credential, sealed from ledger.code
            where community = :community and credential = any (:credentials)
            """)
        .bind("community", community)
        .bind("credentials", credentials.toArray(String[]::new))
        .map((row, context) -> Map.entry(row.getString("credential"), row.getBytes("sealed")))
        .forEach(
            one ->
                codes.put(
                    one.getKey(),
                    cipher.open(
                        FieldClass.SECRET, owner(community, one.getKey()), one.getValue())));
    return codes;
  }

  private static String owner(String community, String credential) {
    return community + "/" + credential;
  }
}
