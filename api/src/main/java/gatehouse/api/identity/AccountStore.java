package gatehouse.api.identity;

import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Accounts in the database. */
@Component
final class AccountStore {

  private final Store requests;
  private final Store owner;

  AccountStore(@Qualifier("identities") Store requests, @Qualifier("consumers") Store owner) {
    this.requests = requests;
    this.owner = owner;
  }

  /**
   * An account and what it is recognised by.
   *
   * @param secondFactor whether it has a second factor
   */
  record Stored(Account account, String passwordHash, boolean secondFactor) {}

  /** An account to be made, its password hashed already. */
  record New(
      String username,
      String passwordHash,
      String displayName,
      Role role,
      Duty duty,
      String locale,
      List<String> communities,
      List<Right> rights,
      List<Person> persons) {}

  /** Who an account is in the registry of a community. */
  record Person(String community, String person) {}

  /** A door that an account may open for good. */
  record Right(String community, String door, String basis) {}

  /** A community as people know it. */
  record Named(String id, String name) {}

  Optional<Account> find(UUID id) {
    return findStored(id).map(Stored::account);
  }

  Optional<Stored> findStored(UUID id) {
    return requests.in(
        Scope.NOBODY,
        tx ->
            tx.query(
                    """
                    select a.id, a.username, a.password_hash, a.display_name, a.role, a.duty, a.locale,
                           array(select g.community from identity.community_grant g
                                 where g.account = a.id order by 1) as communities,
                           identity.has_second_factor(a.id) as second_factor
                    from identity.account a where a.id = :id and a.enabled
                    """)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne());
  }

  Optional<Stored> findByName(String username) {
    return requests.in(
        Scope.NOBODY,
        tx ->
            tx.query(
                    """
                    select a.id, a.username, a.password_hash, a.display_name, a.role, a.duty, a.locale,
                           array(select g.community from identity.community_grant g
                                 where g.account = a.id order by 1) as communities,
                           identity.has_second_factor(a.id) as second_factor
                    from identity.account a where a.username = lower(:username) and a.enabled
                    """)
                .bind("username", username)
                .map((row, context) -> read(row))
                .findOne());
  }

  /** The account that somebody of an identity provider is linked to. */
  Optional<Stored> findBySubject(String issuer, String subject) {
    return requests.in(
        Scope.NOBODY,
        tx ->
            tx.query(
                    """
                    select a.id, a.username, a.password_hash, a.display_name, a.role, a.duty, a.locale,
                           array(select g.community from identity.community_grant g
                                 where g.account = a.id order by 1) as communities,
                           identity.has_second_factor(a.id) as second_factor
                    from identity.account a
                    where a.id = identity.account_of(:issuer, :subject) and a.enabled
                    """)
                .bind("issuer", issuer)
                .bind("subject", subject)
                .map((row, context) -> read(row))
                .findOne());
  }

  /** The names of the communities that an account may look into. */
  List<Named> communities(Account account) {
    List<Named> known =
        requests.in(
            account.scope(),
            tx ->
                tx.query("select id, name from site.community order by name, id limit 5000")
                    .map((row, context) -> new Named(row.getString("id"), row.getString("name")))
                    .list());
    List<Named> unknown =
        account.communities().stream()
            .filter(id -> !id.equals(Scope.EVERYWHERE))
            .filter(id -> known.stream().noneMatch(named -> named.id().equals(id)))
            .map(id -> new Named(id, id))
            .toList();
    return java.util.stream.Stream.concat(known.stream(), unknown.stream()).toList();
  }

  boolean exists(String username) {
    return findByName(username).isPresent();
  }

  void create(New account) {
    owner.run(
        Scope.NOBODY,
        tx -> {
          List<UUID> created =
              tx.query(
                      """
                      insert into identity.account
                        (username, password_hash, display_name, role, duty, locale)
                      values (lower(:username), :hash, :name, :role, :duty, :locale)
                      on conflict (username) do nothing
                      returning id
                      """)
                  .bind("username", account.username())
                  .bind("hash", account.passwordHash())
                  .bind("name", account.displayName())
                  .bind("role", account.role().name())
                  .bind("duty", account.duty().name())
                  .bind("locale", account.locale())
                  .mapTo(UUID.class)
                  .list();
          for (UUID id : created) {
            grant(tx, id, account);
          }
        });
  }

  private static void grant(Transaction tx, UUID id, New account) {
    for (String community : account.communities()) {
      tx.update("insert into identity.community_grant values (:account, :community)")
          .bind("account", id)
          .bind("community", community)
          .execute();
    }
    for (Right right : account.rights()) {
      tx.update(
              """
              insert into identity.door_right (account, community, door, basis)
              values (:account, :community, :door, :basis)
              """)
          .bind("account", id)
          .bind("community", right.community())
          .bind("door", right.door())
          .bind("basis", right.basis())
          .execute();
    }
    for (Person person : account.persons()) {
      tx.update("insert into identity.account_person values (:account, :community, :person)")
          .bind("account", id)
          .bind("community", person.community())
          .bind("person", person.person())
          .execute();
    }
  }

  private static Stored read(ResultSet row) throws SQLException {
    return new Stored(
        new Account(
            row.getObject("id", UUID.class),
            row.getString("username"),
            row.getString("display_name"),
            Role.valueOf(row.getString("role")),
            Duty.valueOf(row.getString("duty")),
            row.getString("locale"),
            List.of((String[]) row.getArray("communities").getArray())),
        row.getString("password_hash"),
        row.getBoolean("second_factor"));
  }
}
