package gatehouse.api.credential;

import gatehouse.credential.CredentialEntry;
import gatehouse.event.CredentialType;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the registry wants on the terminals' lists. A pure function of the versions and the time.
 *
 * <p>At a time, that version of a thing holds which was recorded last of those that have begun. A
 * credential is wished for while it is active and, if leases name it, as long as one of them holds.
 * What begins within {@link #AHEAD} is wished for already, so that it is there in time; the
 * terminal itself keeps to the hours.
 */
final class DesiredCredentials {

  /** How long before its beginning an entry is put on a list. */
  static final Duration AHEAD = Duration.ofHours(1);

  private DesiredCredentials() {}

  /**
   * The wishes for some credentials.
   *
   * @param entries wished for, by device and then by credential
   * @param nextChange when the answer may be another one though nothing is recorded, by credential
   */
  record Wishes(
      Map<String, Map<String, CredentialEntry>> entries, Map<String, Instant> nextChange) {}

  /** A span of time; no end is open end. */
  private record Span(Instant from, @Nullable Instant to) {

    boolean includes(Instant time) {
      return !time.isBefore(from) && (to == null || time.isBefore(to));
    }
  }

  /**
   * What is to be on the lists at a time.
   *
   * @param versions all versions of the credentials and passes, and of every lease that names one
   * @param devices the terminals of their community
   */
  static Wishes at(
      Instant time, Collection<? extends RegistryFact> versions, Collection<ListDevice> devices) {
    Map<String, List<Credential>> credentials = new LinkedHashMap<>();
    Map<String, List<VisitorPass>> passes = new LinkedHashMap<>();
    Map<String, List<Lease>> leases = new LinkedHashMap<>();
    versions.stream()
        .sorted(Comparator.comparing(RegistryFact::time).thenComparing(RegistryFact::id))
        .forEach(
            fact -> {
              if (fact instanceof Credential one) {
                credentials.computeIfAbsent(one.thing(), id -> new ArrayList<>()).add(one);
              } else if (fact instanceof VisitorPass one) {
                passes.computeIfAbsent(one.thing(), id -> new ArrayList<>()).add(one);
              } else if (fact instanceof Lease one) {
                leases.computeIfAbsent(one.thing(), id -> new ArrayList<>()).add(one);
              }
            });
    Wishes wishes = new Wishes(new LinkedHashMap<>(), new LinkedHashMap<>());
    credentials.forEach(
        (id, history) -> {
          List<Lease> naming =
              leases.values().stream()
                  .filter(of -> of.stream().anyMatch(lease -> lease.credentials().contains(id)))
                  .flatMap(List::stream)
                  .toList();
          nextChange(wishes, id, time, Stream.concat(history.stream(), naming.stream()));
          wish(wishes, devices, places(history, time), credential(id, history, leases, time));
        });
    passes.forEach(
        (id, history) -> {
          nextChange(wishes, id, time, history.stream());
          VisitorPass pass = soon(history, time);
          wish(
              wishes,
              devices,
              pass == null ? List.of() : pass.places(),
              pass == null
                  ? null
                  : entry(id, CredentialType.QR, span(pass.entry()), Math.max(0, pass.uses())));
        });
    return wishes;
  }

  private static @Nullable CredentialEntry credential(
      String id, List<Credential> history, Map<String, List<Lease>> leases, Instant time) {
    Credential credential = soon(history, time);
    if (credential == null || credential.status() != Credential.Status.ACTIVE) {
      return null;
    }
    Span span = span(credential.entry());
    List<Span> held = new ArrayList<>();
    boolean named = false;
    for (List<Lease> versions : leases.values()) {
      Lease last = lastNaming(versions, time);
      if (last != null && last.credentials().contains(id)) {
        named = true;
        Lease lease = soon(versions, time);
        if (lease != null && lease.credentials().contains(id)) {
          held.add(span(lease.entry()));
        }
      }
    }
    if (named) {
      Span lease = longest(held, time);
      span = lease == null ? null : both(span, lease);
    }
    return span == null ? null : entry(id, credential.type(), span, 0);
  }

  /** The version that holds now, or else the one that begins soon. */
  private static <F extends RegistryFact> @Nullable F soon(List<F> history, Instant time) {
    F now = holding(history, time);
    return now == null ? holding(history, nextBeginning(history, time)) : now;
  }

  private static Instant nextBeginning(List<? extends RegistryFact> history, Instant time) {
    return history.stream()
        .map(fact -> fact.entry().validFrom())
        .filter(from -> from.isAfter(time) && !from.isAfter(time.plus(AHEAD)))
        .min(Comparator.naturalOrder())
        .orElse(time);
  }

  private static <F extends RegistryFact> @Nullable F holding(List<F> history, Instant time) {
    F last = begun(history, time);
    return last != null && last.entry().validAt(time) ? last : null;
  }

  /** Of those that have begun, the one that was recorded last. */
  private static <F extends RegistryFact> @Nullable F begun(List<F> history, Instant time) {
    F last = null;
    for (F version : history) {
      if (!version.entry().validFrom().isAfter(time)) {
        last = version;
      }
    }
    return last;
  }

  /** A lease that has ended still says what hung on it; one that begins later says it, too. */
  private static @Nullable Lease lastNaming(List<Lease> versions, Instant time) {
    Lease begun = begun(versions, time.plus(AHEAD));
    return begun == null && !versions.isEmpty() ? versions.get(versions.size() - 1) : begun;
  }

  private static @Nullable Span longest(List<Span> spans, Instant time) {
    Comparator<Span> byEnd =
        Comparator.comparing(Span::to, Comparator.nullsLast(Comparator.naturalOrder()));
    return spans.stream()
        .filter(span -> span.includes(time))
        .max(byEnd)
        .orElseGet(() -> spans.stream().min(Comparator.comparing(Span::from)).orElse(null));
  }

  private static @Nullable Span both(Span one, Span other) {
    Instant from = one.from().isAfter(other.from()) ? one.from() : other.from();
    Instant to =
        one.to() == null || (other.to() != null && other.to().isBefore(one.to()))
            ? other.to()
            : one.to();
    return to != null && !from.isBefore(to) ? null : new Span(from, to);
  }

  private static Span span(Entry entry) {
    return new Span(entry.validFrom(), entry.validTo());
  }

  private static List<String> places(List<Credential> history, Instant time) {
    Credential credential = soon(history, time);
    return credential == null ? List.of() : credential.places();
  }

  private static @Nullable CredentialEntry entry(
      String id, CredentialType type, Span span, int uses) {
    // What comes out of an import may be anything; a terminal is never asked to hold it.
    return CredentialEntry.isId(id)
        ? new CredentialEntry(id, type, "", span.from(), span.to(), uses)
        : null;
  }

  private static void wish(
      Wishes wishes,
      Collection<ListDevice> devices,
      List<String> places,
      @Nullable CredentialEntry entry) {
    if (entry == null) {
      return;
    }
    devices.stream()
        .filter(device -> device.holds(entry.type()))
        .filter(device -> device.isAmong(places))
        .forEach(
            device ->
                wishes
                    .entries()
                    .computeIfAbsent(device.id(), id -> new LinkedHashMap<>())
                    .put(entry.credential(), entry));
  }

  private static void nextChange(
      Wishes wishes, String id, Instant time, Stream<? extends RegistryFact> facts) {
    facts
        .map(RegistryFact::entry)
        .flatMap(
            entry -> Stream.of(entry.validFrom().minus(AHEAD), entry.validFrom(), entry.validTo()))
        .filter(Objects::nonNull)
        .filter(at -> at.isAfter(time))
        .min(Comparator.naturalOrder())
        .ifPresent(at -> wishes.nextChange().put(id, at));
  }
}
