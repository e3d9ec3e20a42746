package gatehouse.api.registry;

import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.identity.Role;
import gatehouse.fact.Fact;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Credential;
import gatehouse.registry.Lease;
import gatehouse.registry.ListMembership;
import gatehouse.registry.Permit;
import gatehouse.registry.Residency;
import gatehouse.registry.Roster;
import gatehouse.registry.TaggedObject;
import gatehouse.registry.Vehicle;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Building;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.PlaceEntry;
import java.util.Arrays;
import org.springframework.http.HttpStatus;

/** Kinds of entries that property and operations keep, under their names in addresses. */
enum RegistryKind {
  COMMUNITY("community", Community.class, true),
  BUILDING("building", Building.class, true),
  PLACE("place", PlaceEntry.class, true),
  DEVICE("device", Device.class, true),
  RESIDENCY("residency", Residency.class, false),
  LEASE("lease", Lease.class, false),
  CREDENTIAL("credential", Credential.class, false),
  VISITOR_PASS("visitor-pass", VisitorPass.class, false),
  VEHICLE("vehicle", Vehicle.class, false),
  TAGGED_OBJECT("tagged-object", TaggedObject.class, false),
  PERMIT("permit", Permit.class, false),
  ROSTER("roster", Roster.class, false),
  LIST_MEMBERSHIP("list-membership", ListMembership.class, false),
  CARE_ENROLMENT("care-enrolment", CareEnrolment.class, false);

  private final String path;
  private final Class<? extends Fact> type;
  private final boolean site;

  RegistryKind(String path, Class<? extends Fact> type, boolean site) {
    this.path = path;
    this.type = type;
    this.site = site;
  }

  /** Its name in addresses. */
  String path() {
    return path;
  }

  Class<? extends Fact> type() {
    return type;
  }

  /** Whether it is of the site, not of its people. */
  boolean isSite() {
    return site;
  }

  /** The kind of this name, for somebody who may read it. */
  static RegistryKind readable(String path, Account account) {
    RegistryKind kind = of(path);
    boolean allowed =
        account.role() == Role.PROPERTY
            || (account.role() == Role.OPERATIONS && (kind.site || kind == LIST_MEMBERSHIP));
    if (!allowed) {
      throw Refusal.notAllowed();
    }
    return kind;
  }

  /** The kind of this name, for somebody who may change it. */
  static RegistryKind writable(String path, Account account) {
    RegistryKind kind = readable(path, account);
    boolean allowed =
        account.role() == Role.OPERATIONS || account.may(kind.site ? Duty.MANAGER : Duty.OPERATOR);
    if (!allowed) {
      throw Refusal.notAllowed();
    }
    return kind;
  }

  /** The kind of this name, for somebody who may record it alone: a permit needs two persons. */
  static RegistryKind recordable(String path, Account account) {
    RegistryKind kind = writable(path, account);
    if (kind == PERMIT) {
      throw Refusal.of(HttpStatus.CONFLICT, "permit-needs-approval");
    }
    return kind;
  }

  private static RegistryKind of(String path) {
    return Arrays.stream(values())
        .filter(kind -> kind.path.equals(path))
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }
}
