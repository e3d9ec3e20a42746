package gatehouse.registry;

import gatehouse.fact.Fact;
import java.time.Instant;

/**
 * Something that is registered, with the time for which it is valid. Models judge an event by what
 * was valid at the event's time, whenever that became known.
 */
public sealed interface RegistryFact extends Fact
    permits Residency,
        Lease,
        Credential,
        VisitorPass,
        Vehicle,
        TaggedObject,
        Permit,
        WatchOrder,
        Roster,
        CareEnrolment,
        ListMembership,
        PhoneBinding,
        Lockdown,
        RemoteOpenRequest {

  /** Version and validity. */
  Entry entry();

  /** Id of what this is a version of; unique in its community among facts of its class. */
  String thing();

  @Override
  default String id() {
    return entry().id();
  }

  @Override
  default String community() {
    return entry().community();
  }

  @Override
  default Instant time() {
    return entry().recordedAt();
  }
}
