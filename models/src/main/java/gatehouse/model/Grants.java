package gatehouse.model;

import gatehouse.model.GrantVerdict.Reason;
import gatehouse.registry.Credential;
import gatehouse.registry.Credential.Status;
import gatehouse.registry.Lease;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows of one credential, in all versions.
 *
 * @param credentials the credential itself
 * @param leases leases it hangs on
 * @param passes visitor's passes it is
 */
public record Grants(List<Credential> credentials, List<Lease> leases, List<VisitorPass> passes) {

  private static final int VERSIONS = 8;

  static final Grants NONE = new Grants(List.of(), List.of(), List.of());

  /** Whether nothing is registered; then nothing can be concluded. */
  boolean unknown() {
    return credentials.isEmpty() && leases.isEmpty() && passes.isEmpty();
  }

  Grants with(RegistryFact fact) {
    if (fact instanceof Credential credential) {
      return new Grants(Validity.with(credentials, credential, VERSIONS), leases, passes);
    } else if (fact instanceof Lease lease) {
      return new Grants(credentials, Validity.with(leases, lease, VERSIONS), passes);
    } else if (fact instanceof VisitorPass pass) {
      return new Grants(credentials, leases, Validity.with(passes, pass, VERSIONS));
    }
    return this;
  }

  /** Who holds it, as the newest version says. */
  @Nullable String holder() {
    return credentials.isEmpty() ? null : credentials.get(credentials.size() - 1).holder();
  }

  /** The credential that replaced it, as the newest version that names one says. */
  @Nullable String successor() {
    String successor = null;
    for (Credential version : credentials) {
      successor = version.supersededBy() == null ? successor : version.supersededBy();
    }
    return successor;
  }

  /** The pass that holds at the time. */
  @Nullable VisitorPass passAt(Instant time) {
    return Validity.at(passes, time);
  }

  /** When the last of the grants ends; null if one has no end. */
  @Nullable Instant end() {
    Instant end = Instant.MIN;
    for (RegistryFact fact : all().toList()) {
      Instant to = fact.entry().validTo();
      if (to == null) {
        return null;
      }
      end = to.isAfter(end) ? to : end;
    }
    return end;
  }

  /**
   * Judges validity and place; the number of uses and successors are for {@link StaleGrant}.
   *
   * @param placeIfPassed the place, if the use was let pass; else empty: trying the wrong door is
   *     no misuse
   * @return null if the use is covered
   */
  @Nullable GrantVerdict judge(
      Instant time, String placeIfPassed, Duration leaseGrace, Duration passGrace) {
    GrantVerdict verdict = credentials.isEmpty() ? null : credentialAt(time, placeIfPassed);
    if (verdict == null && !leases.isEmpty()) {
      verdict = leaseAt(time, leaseGrace);
    }
    return verdict == null && !passes.isEmpty() ? passAt(time, placeIfPassed, passGrace) : verdict;
  }

  private @Nullable GrantVerdict credentialAt(Instant time, String placeIfPassed) {
    Credential version = Validity.at(credentials, time);
    if (version == null) {
      return over(credentials, time, endedBecause());
    }
    // A version without end that is not active says since when it no longer counts.
    if (version.status() != Status.ACTIVE && version.entry().validTo() == null) {
      return GrantVerdict.of(reason(version.status()), version.entry().validFrom());
    }
    return elsewhere(version.places(), placeIfPassed)
        ? GrantVerdict.of(Reason.WRONG_PLACE, time)
        : null;
  }

  private Reason endedBecause() {
    Status status = Status.EXPIRED;
    for (Credential version : credentials) {
      status = version.status() == Status.ACTIVE ? status : version.status();
    }
    return reason(status);
  }

  private Reason reason(Status status) {
    return switch (status) {
      case ACTIVE, EXPIRED -> Reason.EXPIRED;
      case REVOKED -> Reason.REVOKED;
      case LOST -> Reason.LOST;
      case SUPERSEDED -> successor() == null ? Reason.REVOKED : Reason.SUPERSEDED;
      case MOVED_OUT -> Reason.MOVED_OUT;
    };
  }

  private @Nullable GrantVerdict leaseAt(Instant time, Duration grace) {
    boolean covered =
        leases.stream()
            .map(Lease::lease)
            .distinct()
            .anyMatch(
                id ->
                    Validity.at(
                            leases.stream().filter(other -> other.lease().equals(id)).toList(),
                            time)
                        != null);
    return covered ? null : beyond(over(leases, time, Reason.LEASE_ENDED), time, grace);
  }

  private @Nullable GrantVerdict passAt(Instant time, String placeIfPassed, Duration grace) {
    VisitorPass pass = Validity.at(passes, time);
    if (pass == null) {
      return beyond(over(passes, time, Reason.PASS_ENDED), time, grace);
    }
    return elsewhere(pass.places(), placeIfPassed)
        ? GrantVerdict.of(Reason.WRONG_PLACE, time)
        : null;
  }

  private static boolean elsewhere(List<String> places, String placeIfPassed) {
    return !placeIfPassed.isEmpty() && !places.isEmpty() && !places.contains(placeIfPassed);
  }

  /** Nothing holds at the time: the last end before it, or else the first beginning after it. */
  private static GrantVerdict over(
      List<? extends RegistryFact> versions, Instant time, Reason ended) {
    // What the newest version says of the end counts, also where it cut an earlier one short.
    Instant end = null;
    for (RegistryFact version : versions) {
      Instant to = version.entry().validTo();
      if (to != null && !to.isAfter(time) && !version.entry().validFrom().isAfter(time)) {
        end = to;
      }
    }
    if (end != null) {
      return GrantVerdict.of(ended, end);
    }
    Instant begin =
        versions.stream()
            .map(version -> version.entry().validFrom())
            .min(Comparator.naturalOrder())
            .orElse(time);
    return GrantVerdict.of(Reason.NOT_YET_VALID, begin);
  }

  private static @Nullable GrantVerdict beyond(GrantVerdict verdict, Instant time, Duration grace) {
    Duration off = Duration.between(verdict.boundary(), time).abs();
    return off.compareTo(grace) <= 0 ? null : verdict;
  }

  private Stream<RegistryFact> all() {
    return Stream.of(credentials, leases, passes).flatMap(List::stream);
  }
}
