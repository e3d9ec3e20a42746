package gatehouse.api.person;

import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Persons in the database, sealed field by field. The database shows who may be seen. */
@Component
public final class PersonStore {

  private final FieldCipher cipher;

  PersonStore(FieldCipher cipher) {
    this.cipher = cipher;
  }

  /** The newest version of a person. */
  public Optional<Person> find(Transaction tx, String community, String person) {
    return versions(tx, community, person, 1).stream().findFirst();
  }

  /** All versions of a person, the newest first. */
  List<Person> history(Transaction tx, String community, String person) {
    return versions(tx, community, person, Integer.MAX_VALUE);
  }

  private List<Person> versions(Transaction tx, String community, String person, int most) {
    return tx.query(
            """
            select * from person.version where community = :community and person = :person
            order by version desc limit :most
            """)
        .bind("community", community)
        .bind("person", person)
        .bind("most", most)
        .map((row, context) -> open(row))
        .list();
  }

  /** The newest versions, in the order of ids. */
  List<Person> list(Transaction tx, String community, @Nullable String after, int most) {
    return tx.query(
            """
            select distinct on (person) * from person.version
            where community = :community and (:after::text is null or person > :after)
            order by person, version desc limit :most
            """)
        .bind("community", community)
        .bind("after", after)
        .bind("most", most)
        .map((row, context) -> open(row))
        .list();
  }

  /** Ids of the persons whose newest version has this identity number or phone. */
  List<String> withNumber(Transaction tx, String community, FieldClass type, String number) {
    byte[] token = cipher.token(type, community, number);
    return tx.query(
            """
            select person from (
              select distinct on (person) * from person.version
              where community = :community order by person, version desc) p
            where case when :identity then id_number_token else phone_token end = :token
            order by person
            """)
        .bind("community", community)
        .bind("identity", type == FieldClass.IDENTITY)
        .bind("token", token)
        .mapTo(String.class)
        .list();
  }

  /** Adds a version; its number is one more than that of the newest. */
  public void add(Transaction tx, Person person, String by) {
    String owner = owner(person.community(), person.person());
    String idNumber = person.idNumber();
    String phone = person.phone();
    tx.update(
            """
            insert into person.version (community, person, version, recorded_at, recorded_by, name,
              id_number, id_number_token, phone, phone_token, non_face_way, face_allowed, guardian,
              home)
            values (:community, :person, :version, :recordedAt, :by, :name, :idNumber,
              :idNumberToken, :phone, :phoneToken, :way, :face, :guardian, :home)
            """)
        .bind("community", person.community())
        .bind("person", person.person())
        .bind("version", person.version())
        .bind("recordedAt", person.recordedAt())
        .bind("by", by)
        .bind("name", cipher.seal(FieldClass.NAME, owner, person.name()))
        .bind("idNumber", sealed(FieldClass.IDENTITY, owner, idNumber))
        .bind("idNumberToken", token(FieldClass.IDENTITY, person.community(), idNumber))
        .bind("phone", sealed(FieldClass.CONTACT, owner, phone))
        .bind("phoneToken", token(FieldClass.CONTACT, person.community(), phone))
        .bind("way", person.nonFaceWay().name())
        .bind("face", person.faceAllowed())
        .bind("guardian", person.guardian())
        .bind("home", person.home())
        .execute();
  }

  /** Holds a person until the transaction ends, so that nobody else changes it meanwhile. */
  public void hold(Transaction tx, String community, String person) {
    tx.hold(Lock.PERSON, owner(community, person));
  }

  private Person open(ResultSet row) throws SQLException {
    String community = row.getString("community");
    String person = row.getString("person");
    String owner = owner(community, person);
    byte[] idNumber = row.getBytes("id_number");
    byte[] phone = row.getBytes("phone");
    return new Person(
        community,
        person,
        row.getInt("version"),
        row.getTimestamp("recorded_at").toInstant(),
        cipher.open(FieldClass.NAME, owner, row.getBytes("name")),
        idNumber == null ? null : cipher.open(FieldClass.IDENTITY, owner, idNumber),
        phone == null ? null : cipher.open(FieldClass.CONTACT, owner, phone),
        NonFaceWay.valueOf(row.getString("non_face_way")),
        row.getBoolean("face_allowed"),
        row.getString("guardian"),
        row.getString("home"));
  }

  private byte @Nullable [] sealed(FieldClass type, String owner, @Nullable String text) {
    return text == null ? null : cipher.seal(type, owner, text);
  }

  private byte @Nullable [] token(FieldClass type, String community, @Nullable String text) {
    return text == null ? null : cipher.token(type, community, text);
  }

  private static String owner(String community, String person) {
    return community + "/" + person;
  }
}
