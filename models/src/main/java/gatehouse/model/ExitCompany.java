package gatehouse.model;

import gatehouse.alert.Coverage;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.event.TagRead;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.model.clock.TrueOrder;
import gatehouse.model.door.NightHours;
import gatehouse.model.gate.Departure;
import gatehouse.model.gate.Passer;
import gatehouse.site.Device;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says who passed a gate together with a tagged object, or at night with a person: first after
 * {@code firstLook}, then again when nobody else can belong to it. Finds nothing itself; {@link
 * ObjectWithoutOwner} and {@link ElderNightExit} use it.
 *
 * <p>What the gate's devices report is taken in its {@link TrueOrder}. A tag passes when a reader
 * that knows the way reads it strongly, or when two antennas do within {@code readsWithin}, the one
 * whose name begins with "in" before the one that begins with "out", or the other way round. A weak
 * read is a tag behind a wall. A device that by the registry sees only who comes in is not missed.
 */
public final class ExitCompany implements AnalysisModel<Fact, ExitCompany.State> {

  private static final int PASSERS = 128;
  private static final int PENDING = 32;
  private static final int READS = 16;
  private static final int INWARD = 16;

  private final Settings settings;
  private final NightHours night;

  /** The model with these settings. */
  public ExitCompany(Settings settings) {
    this.settings = settings;
    this.night = new NightHours(settings.nightFrom(), settings.nightTo());
  }

  /** What can be tuned. */
  public record Settings(
      @Setting("who passes this long before a tag may be with it") Duration before,
      @Setting("who passes this long after a tag may be with it") Duration after,
      @Setting("who passes this long before or after a person may be with them") Duration beside,
      @Setting("the first look is so soon") Duration firstLook,
      @Setting(value = "a weaker read is a tag behind a wall", unit = "dBm", min = -150)
          double rssi,
      @Setting("two antennas read a passing tag within this time") Duration readsWithin,
      @Setting(value = "least quality of a stranger's picture", unit = "share", max = 1)
          double minQuality,
      @Setting("persons are looked at from this local time") LocalTime nightFrom,
      @Setting("until this") LocalTime nightTo,
      @Setting("a gate where nobody was seen for longer is not watched") Duration watchedWithin,
      @Setting("a device's word that it is well counts this long") Duration wellFor)
      implements gatehouse.analysis.Settings {

    /** The values of the specification. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofSeconds(90),
            Duration.ofSeconds(45),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            -65,
            Duration.ofSeconds(5),
            0.6,
            LocalTime.of(22, 30),
            LocalTime.of(5, 30),
            Duration.ofDays(7),
            Duration.ofMinutes(15));
  }

  /**
   * What is kept of a gate.
   *
   * @param sight whether its devices see everything
   * @param inward devices that see only who comes in, at most {@value #INWARD}
   * @param order what they reported, in its true order
   * @param passers who passed of late, at most {@value #PASSERS}, oldest first
   * @param pending what passed of late, at most {@value #PENDING}
   * @param reads strong reads of late that do not know the way, at most {@value #READS}
   * @param lastPasser when anybody was seen last; null: never
   */
  public record State(
      DeviceSight sight,
      List<String> inward,
      TrueOrder order,
      List<Passer> passers,
      List<Pending> pending,
      List<Read> reads,
      @Nullable Instant lastPasser) {

    private static final State NEW =
        new State(
            DeviceSight.NONE, List.of(), TrueOrder.NONE, List.of(), List.of(), List.of(), null);

    private State sight(DeviceSight next) {
      return new State(next, inward, order, passers, pending, reads, lastPasser);
    }

    private State inward(List<String> next) {
      return new State(sight, next, order, passers, pending, reads, lastPasser);
    }

    /** Whether everything was seen that sees who goes out. */
    private boolean sawWhoGoesSince(Instant from) {
      DeviceSight outward = sight;
      for (String device : inward) {
        outward = outward.without(device);
      }
      return outward.allSawSince(from);
    }

    private State order(TrueOrder next) {
      return new State(sight, inward, next, passers, pending, reads, lastPasser);
    }

    private State passers(List<Passer> next, @Nullable Instant last) {
      return new State(sight, inward, order, next, pending, reads, last);
    }

    private State pending(List<Pending> next) {
      return new State(sight, inward, order, passers, next, reads, lastPasser);
    }

    private State reads(List<Read> next) {
      return new State(sight, inward, order, passers, pending, next, lastPasser);
    }
  }

  /**
   * A read of a tag.
   *
   * @param tag the tag
   * @param inner whether by the inner antenna
   * @param at when
   */
  public record Read(String tag, boolean inner, Instant at) {}

  /**
   * What passed, and waits for its company.
   *
   * @param subject tag or person
   * @param kind which
   * @param event the event
   * @param place the gate
   * @param looked whether the first look is over
   */
  public record Pending(
      String subject, Departure.Kind kind, Evidence event, Place place, boolean looked) {

    private Instant at() {
      return event.time();
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "exit-company",
            1,
            Ordering.EVENT_TIME,
            Set.of(
                TagRead.class,
                AccessEvent.class,
                FaceCapture.class,
                PlateRead.class,
                DeviceStatus.class,
                DeviceHealth.class,
                Device.class),
            State.class,
            Settings.DEFAULTS,
            ExitCompany::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Company on the way out",
                "同行出门",
                "Says who passed a gate with a tagged object or, at night, with a person; serves"
                    + " object-without-owner and elder-night-exit.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(Departure.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof DeviceEvent event) {
      return event.place().kind() == Place.Kind.LIFT
          ? List.of()
          : List.of(event.community() + '|' + event.place().id());
    } else if (fact instanceof DeviceHealth judgement) {
      return List.of(judgement.community() + '|' + judgement.place().id());
    } else if (fact instanceof Device device) {
      return List.of(device.community() + '|' + device.place());
    }
    return List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    List<DerivedFact> told = new ArrayList<>();
    if (fact instanceof Device device) {
      state = listed(device, state);
    } else if (fact instanceof DeviceHealth judgement) {
      state = state.sight(state.sight().after(judgement)).order(state.order().after(judgement));
    } else if (fact instanceof DeviceEvent event) {
      state = state.sight(state.sight().after(event)).order(state.order().after(event));
    }
    return next(fact.time(), caughtUp(key, fact.time(), state, told), told);
  }

  private static State listed(Device device, State state) {
    List<String> inward = new ArrayList<>(state.inward());
    inward.remove(device.id());
    if (device.active() && device.side() == Direction.IN && inward.size() < INWARD) {
      inward.add(device.id());
    }
    State next = state.inward(List.copyOf(inward));
    return device.active()
        ? next
        : next.sight(next.sight().without(device.id())).order(next.order().without(device.id()));
  }

  /** Shows the events whose turn it is, and before each who has waited long enough. */
  private State caughtUp(String key, Instant now, State state, List<DerivedFact> told) {
    State next = state;
    List<DeviceEvent> due = state.order().due(now);
    for (DeviceEvent event : due) {
      next = looked(key, event.time().minusMillis(1), now, next, told);
      next = event instanceof TagRead read ? read(read, now, next, told) : passed(event, next);
    }
    return next.order(next.order().shown(due, now));
  }

  @Override
  public Step<State> onWake(String key, Instant now, State before) {
    List<DerivedFact> told = new ArrayList<>();
    State state = caughtUp(key, now, before, told);
    return next(now, looked(key, state.order().trueTime(now), now, state, told), told);
  }

  /** Says of everybody who has waited long enough by {@code time} who passed with them. */
  private State looked(String key, Instant time, Instant now, State state, List<DerivedFact> told) {
    List<Pending> left = new ArrayList<>();
    for (Pending pending : state.pending()) {
      if (!time.isBefore(completeAt(pending))) {
        told.add(departure(key, pending, state, now, true));
      } else if (!pending.looked() && !time.isBefore(pending.at().plus(settings.firstLook()))) {
        told.add(departure(key, pending, state, now, false));
        left.add(
            new Pending(pending.subject(), pending.kind(), pending.event(), pending.place(), true));
      } else {
        left.add(pending);
      }
    }
    return state.pending(List.copyOf(left));
  }

  private State read(TagRead read, Instant now, State state, List<DerivedFact> told) {
    if (read.rssi() < settings.rssi()) {
      return state;
    }
    Direction way = read.direction();
    State next = state;
    if (way == Direction.UNKNOWN && (inner(read) || outer(read))) {
      way = crossed(read, state);
      next = state.reads(with(state.reads(), read));
    }
    if (way == Direction.OUT) {
      return waiting(read.tag(), Departure.Kind.TAG, read, next);
    } else if (way == Direction.IN) {
      told.add(
          new Departure(
              read.tag(),
              Departure.Kind.TAG,
              Direction.IN,
              Evidence.of(read, "object-without-owner.read"),
              read.community(),
              read.place(),
              now,
              true,
              List.of(),
              Departure.Watch.ALL,
              Coverage.NOT_NEEDED));
    }
    return next;
  }

  private Direction crossed(TagRead read, State state) {
    Instant from = read.time().minus(settings.readsWithin());
    return state.reads().stream()
            .anyMatch(
                other ->
                    other.tag().equals(read.tag())
                        && other.inner() != inner(read)
                        && !other.at().isBefore(from))
        ? inner(read) ? Direction.IN : Direction.OUT
        : Direction.UNKNOWN;
  }

  private static boolean inner(TagRead read) {
    return read.antenna().startsWith("in");
  }

  private static boolean outer(TagRead read) {
    return read.antenna().startsWith("out");
  }

  private List<Read> with(List<Read> reads, TagRead read) {
    Instant from = read.time().minus(settings.readsWithin());
    List<Read> next = new ArrayList<>(reads);
    next.removeIf(old -> old.at().isBefore(from));
    next.add(new Read(read.tag(), inner(read), read.time()));
    if (next.size() > READS) {
      next.remove(0);
    }
    return List.copyOf(next);
  }

  private State passed(DeviceEvent event, State state) {
    Passer passer = Passer.of(event, settings.minQuality());
    if (passer == null) {
      return state;
    }
    List<Passer> passers = new ArrayList<>(state.passers());
    passers.add(passer);
    if (passers.size() > PASSERS) {
      passers.remove(0);
    }
    State next = state.passers(List.copyOf(passers), event.time());
    String person = leavingAtNight(event);
    return person == null ? next : waiting(person, Departure.Kind.PERSON, event, next);
  }

  private @Nullable String leavingAtNight(DeviceEvent event) {
    if (!night.contain(event.time(), event.place())) {
      return null;
    } else if (event instanceof AccessEvent access) {
      return access.direction() == Direction.OUT ? access.person() : null;
    }
    return event instanceof FaceCapture face && face.direction() == Direction.OUT
        ? face.person()
        : null;
  }

  /** The same subject again within its time is the same passage. */
  private static State waiting(
      String subject, Departure.Kind kind, DeviceEvent event, State state) {
    boolean known =
        state.pending().stream()
            .anyMatch(other -> other.kind() == kind && other.subject().equals(subject));
    if (known) {
      return state;
    }
    String role =
        kind == Departure.Kind.TAG ? "object-without-owner.read" : "elder-night-exit.left";
    List<Pending> next = new ArrayList<>(state.pending());
    next.add(new Pending(subject, kind, Evidence.of(event, role), event.place(), false));
    if (next.size() > PENDING) {
      next.remove(0);
    }
    return state.pending(List.copyOf(next));
  }

  private Departure departure(
      String key, Pending pending, State state, Instant now, boolean complete) {
    Instant from = pending.at().minus(before(pending));
    Instant last = state.lastPasser();
    boolean looks = last != null && !last.plus(settings.watchedWithin()).isBefore(now);
    Departure.Watch watch =
        !state.sawWhoGoesSince(from)
            ? Departure.Watch.BLIND
            : looks ? Departure.Watch.ALL : Departure.Watch.NOBODY_LOOKS;
    return new Departure(
        pending.subject(),
        pending.kind(),
        Direction.OUT,
        pending.event(),
        key.substring(0, key.indexOf('|')),
        pending.place(),
        now,
        complete,
        state.passers().stream().filter(passer -> !passer.event().time().isBefore(from)).toList(),
        watch,
        state.sight().coverage(now, settings.wellFor()));
  }

  private Duration before(Pending pending) {
    return pending.kind() == Departure.Kind.TAG ? settings.before() : settings.beside();
  }

  private Instant completeAt(Pending pending) {
    return pending
        .at()
        .plus(pending.kind() == Departure.Kind.TAG ? settings.after() : settings.beside());
  }

  private Step<State> next(Instant now, State state, List<DerivedFact> told) {
    Duration longest =
        Stream.of(settings.before().plus(settings.after()), settings.beside().multipliedBy(2))
            .max(Duration::compareTo)
            .orElseThrow();
    Instant from = state.order().trueTime(now).minus(longest);
    State kept =
        state.passers(
            state.passers().stream()
                .filter(passer -> !passer.event().time().isBefore(from))
                .toList(),
            state.lastPasser());
    Instant wakeAt =
        Stream.concat(
                kept.pending().stream()
                    .map(
                        pending ->
                            pending.looked()
                                ? completeAt(pending)
                                : pending.at().plus(settings.firstLook()))
                    .map(kept.order()::hostTime),
                Stream.ofNullable(kept.order().nextTurn()))
            .min(Instant::compareTo)
            .orElse(null);
    return new Step<>(kept, List.of(), List.copyOf(told), wakeAt);
  }
}
