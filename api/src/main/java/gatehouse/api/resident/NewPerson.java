package gatehouse.api.resident;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.person.NonFaceWay;
import gatehouse.api.person.Person;
import gatehouse.api.registry.IdentityNumber;
import gatehouse.api.registry.InvalidField;
import gatehouse.api.registry.PhoneNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Somebody whom a resident brings into the home. */
record NewPerson(
    @Nullable String name,
    @Nullable String idNumber,
    @Nullable String phone,
    @Nullable NonFaceWay nonFaceWay,
    @Nullable String guardian) {

  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

  /** The first version of the person. */
  Person person(Home home, String id, Instant now) {
    String checkedName = Inputs.text("name", name);
    if (checkedName == null) {
      throw Refusal.badValue("name");
    }
    if (nonFaceWay == null) {
      throw Refusal.badValue("nonFaceWay");
    }
    String checkedGuardian = Inputs.id("guardian", guardian);
    try {
      String number = Inputs.text("idNumber", idNumber);
      String phoneText = Inputs.text("phone", phone);
      return new Person(
          home.community(),
          id,
          1,
          now,
          checkedName,
          number == null
              ? null
              : IdentityNumber.check("idNumber", number, LocalDate.ofInstant(now, CHINA)),
          phoneText == null ? null : PhoneNumber.check("phone", phoneText),
          nonFaceWay,
          false,
          checkedGuardian == null ? "" : checkedGuardian,
          home.unit());
    } catch (InvalidField e) {
      throw e.refusal();
    }
  }

  @Override
  public String toString() {
    return "NewPerson";
  }
}
