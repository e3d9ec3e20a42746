package gatehouse.api.registry;

import gatehouse.fact.Fact;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Credential;
import gatehouse.registry.Lease;
import gatehouse.registry.Permit;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.TaggedObject;
import gatehouse.registry.Vehicle;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.PlaceEntry;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** What an entry must keep to, beyond the types of its fields. */
final class FactRules {

  /** Ids may be Chinese, as plates are; they can never form another topic or path. */
  private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");

  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_LIST = 500;
  private static final Duration LONGEST_PASS = Duration.ofDays(31);

  private FactRules() {}

  /**
   * Checks an entry.
   *
   * @throws InvalidField for the first field that is wrong
   */
  static void check(Fact fact) throws InvalidField {
    for (RecordComponent component : fact.getClass().getRecordComponents()) {
      checkTexts(component, fact);
    }
    if (fact instanceof RegistryFact entry) {
      checkValidity(entry);
    }
    if (fact instanceof Vehicle vehicle) {
      PlateNumber.check("plate", vehicle.plate());
    } else if (fact instanceof Lease lease) {
      id("lease", lease.lease());
      id("unit", lease.unit());
      id("tenant", lease.tenant());
      required("validTo", lease.entry().validTo() != null);
    } else if (fact instanceof VisitorPass pass) {
      id("pass", pass.pass());
      id("host", pass.host());
      checkPass(pass);
    } else if (fact instanceof Credential credential) {
      id("credential", credential.credential());
    } else if (fact instanceof Permit permit) {
      id("permit", permit.permit());
      required("subjects", !permit.subjects().isEmpty());
    } else if (fact instanceof TaggedObject object) {
      id("tag", object.tag());
      id("owner", object.owner());
    } else if (fact instanceof CareEnrolment care) {
      required("contacts", !care.contacts().isEmpty());
    } else if (fact instanceof Community community) {
      id("community", community.community());
      zone("timeZone", community.timeZone());
      if (!community.district().isEmpty()) {
        RegionCodes.check("district", community.district());
      }
    } else if (fact instanceof PlaceEntry place) {
      id("place.id", place.place().id());
      if (!place.place().timeZone().isEmpty()) {
        zone("place.timeZone", place.place().timeZone());
      }
    } else if (fact instanceof Device device) {
      id("id", device.id());
      id("place", device.place());
    }
  }

  private static void checkTexts(RecordComponent component, Fact fact) throws InvalidField {
    Object value;
    try {
      value = component.getAccessor().invoke(fact);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("facts are public records", e);
    }
    if (value instanceof String text) {
      text(component.getName(), text);
    } else if (value instanceof List<?> list) {
      if (list.size() > LONGEST_LIST) {
        throw new InvalidField(component.getName(), "too-many");
      }
      for (Object one : list) {
        if (one instanceof String text) {
          text(component.getName(), text);
        }
      }
    }
  }

  private static void checkValidity(RegistryFact fact) throws InvalidField {
    Instant to = fact.entry().validTo();
    if (to != null && to.isBefore(fact.entry().validFrom())) {
      throw new InvalidField("validTo", "ends-before-it-begins");
    }
  }

  private static void checkPass(VisitorPass pass) throws InvalidField {
    Instant to = pass.entry().validTo();
    required("validTo", to != null);
    if (to != null && Duration.between(pass.entry().validFrom(), to).compareTo(LONGEST_PASS) > 0) {
      throw new InvalidField("validTo", "pass-too-long");
    }
    if (pass.uses() < 0 || pass.uses() > 1_000) {
      throw new InvalidField("uses", "out-of-range");
    }
  }

  private static void text(String field, String text) throws InvalidField {
    if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidField(field, "text");
    }
  }

  private static void id(String field, String text) throws InvalidField {
    if (!ID.matcher(text).matches()) {
      throw new InvalidField(field, "id");
    }
  }

  private static void zone(String field, String text) throws InvalidField {
    try {
      ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new InvalidField(field, "time-zone");
    }
  }

  private static void required(String field, boolean there) throws InvalidField {
    if (!there) {
      throw new InvalidField(field, "missing");
    }
  }
}
