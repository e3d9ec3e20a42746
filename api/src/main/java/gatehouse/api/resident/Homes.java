package gatehouse.api.resident;

import gatehouse.api.http.Refusal;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Residency;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The homes of the account of a transaction, as the registry says at a time. */
@Component
final class Homes {

  /** Who may decide on guests and household members. */
  static final Set<Residency.Role> HOUSEHOLD =
      Set.of(Residency.Role.OWNER, Residency.Role.TENANT, Residency.Role.FAMILY);

  /** Who may bring others into the home. */
  static final Set<Residency.Role> KEEPERS = Set.of(Residency.Role.OWNER, Residency.Role.TENANT);

  /** Who may let it. */
  static final Set<Residency.Role> OWNERS = Set.of(Residency.Role.OWNER);

  List<Home> all(Transaction tx, Instant now) {
    return tx.query("select * from identity.own_home(:now) order by community, unit, person")
        .bind("now", now)
        .map(
            (row, context) ->
                new Home(
                    row.getString("community"),
                    row.getString("unit"),
                    row.getString("person"),
                    Residency.Role.valueOf(row.getString("role"))))
        .list();
  }

  /** The home that is meant; one of others is as good as absent. */
  Home require(
      Transaction tx, String community, String unit, Set<Residency.Role> roles, Instant now) {
    List<Home> own =
        all(tx, now).stream()
            .filter(home -> home.community().equals(community) && home.unit().equals(unit))
            .toList();
    if (own.isEmpty()) {
      throw Refusal.notFound();
    }
    return own.stream()
        .filter(home -> roles.contains(home.role()))
        .findFirst()
        .orElseThrow(Refusal::notAllowed);
  }
}
