package gatehouse.api.dialogue;

import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Scope;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Who a resident is in the reports.
 *
 * <p>A named report holds its account. An anonymous one holds a token: a keyed hash of the account,
 * of which the key is outside the database. Only a request of that account makes the same token
 * again, so the reporter goes on with the dialogue and nobody else can look the account up. The
 * police get another pseudonym in every report and cannot read the token.
 *
 * <p>What that means for the database's owner: whoever has the database and not the key sees that
 * two anonymous reports in a community have the same author, and cannot tell who. Whoever has the
 * master key as well can compute the token of every account and compare; so can whoever runs the
 * API. No other row ties the two together: no notice is written to an anonymous reporter, the audit
 * log names nobody, and the count of reports a day stands under a token of its own. Times may: who
 * was signed in at the moment of a report is in the table of sessions for as long as a session
 * lasts.
 */
@Component
final class Reporter {

  private final FieldCipher cipher;

  Reporter(FieldCipher cipher) {
    this.cipher = cipher;
  }

  /** What an anonymous report of the account in a community holds. */
  byte[] token(Account account, String community) {
    return cipher.token(FieldClass.TEXT, "anonymous/" + community, account.id().toString());
  }

  /** Under what the account's reports of a day are counted. */
  byte[] dayToken(Account account, LocalDate day) {
    return cipher.token(FieldClass.TEXT, "reports/" + day, account.id().toString());
  }

  /** The same account, seen by the database as nothing but a token. */
  static Scope behind(byte[] token, String community) {
    return Scope.of(List.of(community), "RESIDENT", HexFormat.of().formatHex(token));
  }
}
