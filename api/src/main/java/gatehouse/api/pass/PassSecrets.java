package gatehouse.api.pass;

import gatehouse.api.credential.CredentialCodes;
import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.store.Transaction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Codes for keypads and links to signed QR codes, both sealed at rest. The database shows them to
 * whoever gave the pass.
 */
@Component
public final class PassSecrets {

  private static final int LINK_BYTES = 24;

  private final FieldCipher cipher;
  private final CredentialCodes codes;
  private final SecureRandom random = new SecureRandom();

  PassSecrets(FieldCipher cipher, CredentialCodes codes) {
    this.cipher = cipher;
    this.codes = codes;
  }

  /**
   * Whom a pass is for.
   *
   * @param host account that gives it
   * @param visitor name of a person or a company
   */
  public record Guest(String community, String pass, UUID host, String visitor, int partySize) {

    @Override
    public String toString() {
      return "Guest[" + community + "/" + pass + "]";
    }
  }

  /**
   * What opens a pass, and for whom.
   *
   * @param code for the keypad
   * @param link secret of the visitor's page
   */
  public record Secret(String visitor, int partySize, String code, String link) {

    @Override
    public String toString() {
      return "Secret";
    }
  }

  /** A pass of a community. */
  public record Name(String community, String pass) {}

  /** Makes what opens a new pass that is recorded already; the lists of the doors follow. */
  public void make(Transaction tx, Guest guest, Instant now) {
    String community = guest.community();
    String owner = community + "/" + guest.pass();
    String code = freeCode(tx, community);
    tx.update(
            """
            insert into resident.pass_secret (community, pass, host_account, visitor, party_size,
              code, code_token, link_token, created_at)
            values (:community, :pass, :host, :visitor, :party, :code, :codeToken, :linkToken, :now)
            """)
        .bind("community", community)
        .bind("pass", guest.pass())
        .bind("host", guest.host())
        .bind("visitor", cipher.seal(FieldClass.NAME, owner, guest.visitor()))
        .bind("party", guest.partySize())
        .bind("code", cipher.seal(FieldClass.SECRET, owner, code))
        .bind("codeToken", codeToken(community, code))
        .bind("linkToken", linkToken(link(community, guest.pass())))
        .bind("now", now)
        .execute();
    codes.keep(tx, community, guest.pass(), code);
  }

  /** What opens a pass, if the account of the transaction may see it. */
  public Optional<Secret> find(Transaction tx, String community, String pass) {
    String owner = community + "/" + pass;
    return tx.query(
            """
            select visitor, party_size, code from resident.pass_secret
            where community = :community and pass = :pass
            """)
        .bind("community", community)
        .bind("pass", pass)
        .map(
            (row, context) ->
                new Secret(
                    cipher.open(FieldClass.NAME, owner, row.getBytes("visitor")),
                    row.getInt("party_size"),
                    cipher.open(FieldClass.SECRET, owner, row.getBytes("code")),
                    link(community, pass)))
        .findOne();
  }

  /** The pass behind a link. */
  public Optional<Name> behind(Transaction tx, String link) {
    return tx.query("select community, pass from resident.pass_secret where link_token = :token")
        .bind("token", linkToken(link))
        .map((row, context) -> new Name(row.getString("community"), row.getString("pass")))
        .findOne();
  }

  /** The unique index decides in the end; a clash is one in a hundred million. */
  private String freeCode(Transaction tx, String community) {
    while (true) {
      String code = String.format(Locale.ROOT, "%08d", random.nextInt(100_000_000));
      boolean free =
          tx.query(
                  """
                  select not exists (select from resident.pass_secret
                    where community = :community and code_token = :token)
                  """)
              .bind("community", community)
              .bind("token", codeToken(community, code))
              .mapTo(Boolean.class)
              .one();
      if (free) {
        return code;
      }
    }
  }

  private byte[] codeToken(String community, String code) {
    return cipher.token(FieldClass.SECRET, "pass-code/" + community, code);
  }

  /** Made by the key, so that the giver can be shown it again and the database cannot. */
  private String link(String community, String pass) {
    byte[] secret = cipher.token(FieldClass.SECRET, "pass-link/" + community, pass);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(secret, LINK_BYTES));
  }

  private byte[] linkToken(String link) {
    return cipher.token(FieldClass.SECRET, "pass-link", link);
  }
}
