package gatehouse.api.credential;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.site.Masks;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Lease;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The move-out proof. Whoever may see a lease, property, owner and tenant, may see which doors its
 * credentials still open; that right comes from the lease, so the ledger is read on its behalf.
 */
@RestController
class MoveOutRoutes {

  private final Store requests;
  private final Store ledger;

  MoveOutRoutes(@Qualifier("requests") Store requests, @Qualifier("ledger") Store ledger) {
    this.requests = requests;
    this.ledger = ledger;
  }

  /** Which doors the credentials of a lease open, and since when they do not. */
  @GetMapping("/api/v1/leases/{id}/move-out")
  MoveOut moveOut(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String community,
      @AuthenticationPrincipal Account account) {
    String asked = Inputs.id("community", community);
    List<Lease> versions = requests.in(account.scope(), tx -> versions(tx, id, asked));
    if (versions.isEmpty()) {
      throw Refusal.notFound();
    }
    Lease newest = versions.get(0);
    if (versions.stream().anyMatch(one -> !one.community().equals(newest.community()))) {
      throw Refusal.of(HttpStatus.CONFLICT, "lease-ambiguous");
    }
    String[] credentials =
        versions.stream()
            .flatMap(version -> version.credentials().stream())
            .distinct()
            .toArray(String[]::new);
    boolean masked = account.role() == Role.RESIDENT;
    List<MoveOut.Door> doors =
        ledger.in(Scope.NOBODY, tx -> doors(tx, newest.community(), credentials, masked));
    return new MoveOut(
        newest.lease(),
        newest.community(),
        newest.unit(),
        newest.entry().validTo(),
        doors.stream().noneMatch(door -> door.proof() == MoveOut.Proof.STILL_OPEN),
        doors);
  }

  private static List<Lease> versions(Transaction tx, String lease, @Nullable String community) {
    return tx.query(
            """
            select detail from site.registry_entry
            where kind = 'lease' and thing = :lease
              and (:community::text is null or community = :community)
            order by recorded_at desc, id desc
            """)
        .bind("lease", lease)
        .bind("community", community)
        .map((row, context) -> decode(row.getString("detail")))
        .list();
  }

  private static List<MoveOut.Door> doors(
      Transaction tx, String community, String[] credentials, boolean masked) {
    return tx.query(
            """
            select e.*, d.place, d.online, d.listed,
              coalesce(nullif(p.name, ''), d.place) as place_name
            from ledger.entry e
            join ledger.device d on d.community = e.community and d.device = e.device
            left join site.place p on p.community = d.community and p.id = d.place
            where e.community = :community and e.credential = any (:credentials)
            order by place_name, e.device, e.credential
            """)
        .bind("community", community)
        .bind("credentials", credentials)
        .map((row, context) -> door(row, masked))
        .list();
  }

  private static MoveOut.Door door(ResultSet row, boolean masked) throws SQLException {
    MoveOut.Reason reason = reason(row);
    Timestamp proved = row.getTimestamp("proved_at");
    MoveOut.Proof proof =
        reason != null
            ? MoveOut.Proof.STILL_OPEN
            : proved == null ? MoveOut.Proof.NEVER_SENT : MoveOut.Proof.REMOVED;
    boolean removed = proof == MoveOut.Proof.REMOVED;
    String credential = row.getString("credential");
    return new MoveOut.Door(
        row.getString("device"),
        row.getString("place"),
        row.getString("place_name"),
        masked ? Masks.mask(credential) : credential,
        proof,
        removed && proved != null ? proved.toInstant() : null,
        removed ? row.getLong("proved_revision") : null,
        reason);
  }

  private static MoveOut.@Nullable Reason reason(ResultSet row) throws SQLException {
    if (row.getString("desired") != null) {
      return MoveOut.Reason.STILL_GRANTED;
    }
    boolean sent = row.getString("sent") != null;
    if (!sent && row.getString("confirmed") == null) {
      return null;
    }
    if (!row.getBoolean("listed")) {
      return MoveOut.Reason.TERMINAL_REMOVED;
    }
    if (!row.getBoolean("online")) {
      return MoveOut.Reason.TERMINAL_AWAY;
    }
    return row.getString("state").equals(SyncState.DRIFT.name())
        ? MoveOut.Reason.CHANGED_ON_SITE
        : sent ? MoveOut.Reason.NOT_SENT : MoveOut.Reason.NOT_PROVED;
  }

  private static Lease decode(String json) {
    try {
      return (Lease) FactCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      throw new IllegalStateException("the registry holds what is no lease", e);
    }
  }
}
