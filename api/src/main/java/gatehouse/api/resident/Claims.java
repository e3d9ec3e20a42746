package gatehouse.api.resident;

import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Codes by which an account says who it is in the registry. A code is good once and for a week; the
 * database has only a keyed token of it.
 */
@Component
final class Claims {

  static final Duration LIFETIME = Duration.ofDays(7);

  /** Without letters and digits that look alike; 16 of them are 79 bits. */
  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

  private static final int LENGTH = 16;

  private final FieldCipher cipher;

  Claims(FieldCipher cipher) {
    this.cipher = cipher;
  }

  /** A code, to be handed over. */
  record Code(String code, Instant expiresAt) {

    @Override
    public String toString() {
      return "Code";
    }
  }

  /** Who an account has become. */
  record Claimed(String community, String person) {}

  /**
   * A code for a person.
   *
   * @param key the caller's name for this wish: the same one is answered with the same code
   */
  Code create(Transaction tx, Caller caller, String community, String person, String key) {
    String code = code(caller.id() + '/' + community + '/' + person + '/' + key);
    tx.update(
            """
            insert into resident.claim
              (code_token, community, person, created_by, created_at, expires_at)
            values (:token, :community, :person, :by, :now, :expires)
            on conflict (code_token) do nothing
            """)
        .bind("token", token(code))
        .bind("community", community)
        .bind("person", person)
        .bind("by", caller.account().id())
        .bind("now", caller.now())
        .bind("expires", caller.now().plus(LIFETIME))
        .execute();
    Instant expires =
        tx.query("select expires_at from resident.claim where code_token = :token")
            .bind("token", token(code))
            .mapTo(Instant.class)
            .one();
    return new Code(code, expires);
  }

  /** What nobody can guess who has not the key of the secrets' class. */
  private String code(String wish) {
    byte[] random = cipher.token(FieldClass.SECRET, "claim-code", wish);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(ALPHABET.charAt(Byte.toUnsignedInt(random[i]) % ALPHABET.length()));
    }
    return code.toString();
  }

  /** The account of the transaction becomes the person of the code. */
  Optional<Claimed> take(Transaction tx, String code, Instant now) {
    return tx.query("select * from resident.take_claim(:token, :now)")
        .bind("token", token(code.toUpperCase(Locale.ROOT).replace("-", "")))
        .bind("now", now)
        .map((row, context) -> new Claimed(row.getString("community"), row.getString("person")))
        .findOne();
  }

  private byte[] token(String code) {
    return cipher.token(FieldClass.SECRET, "claim", code);
  }
}
