package gatehouse.flink;

import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.wire.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Knows the places of a community: completes each event's place and sends it to the keys of the
 * models it concerns.
 *
 * <p>An event of an unknown place waits until the watermark passes its time, because the place may
 * still come from another topic; then it goes on with nothing but the place's id. As long as there
 * is no watermark at all, the job has only begun to read the registry: then events of known places
 * wait as well, for the newest version of their place, though not for the models that take events
 * on arrival.
 *
 * <p>An event behind the watermark goes to the models that do not wait for it, and once to the late
 * stream if others missed it. An event too far ahead of the gateway's clock is refused for the
 * models that wait; its time is that of a wrong clock, and they would keep it for as long as the
 * clock is wrong.
 */
final class SiteFunction extends KeyedBroadcastProcessFunction<String, Fact, SettingsChange, Fact> {

  private static final long serialVersionUID = 1L;

  private final Catalogue catalogue;
  private final LiveSettings settings;
  private final @Nullable Duration clockAhead;
  private final OutputTag<Fact> lateTag;
  private final Map<String, OutputTag<Routed>> tags = new HashMap<>();

  private transient Router everybody;
  private transient Router onArrival;
  private transient Router inOrder;
  private transient Map<String, ModelMetrics> metrics;
  private transient Counter late;
  private transient Counter ahead;
  private transient Counter bare;
  private transient MapState<String, PlaceVersions> places;
  private transient MapState<Long, List<WaitingEvent>> waiting;

  /**
   * A function for these models.
   *
   * @param clockAhead how far an event may be ahead of the gateway's clock; null: any
   */
  SiteFunction(
      Catalogue catalogue,
      LiveSettings settings,
      @Nullable Duration clockAhead,
      TypeInformation<Fact> factType,
      TypeInformation<Routed> routedType) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.clockAhead = clockAhead;
    this.lateTag = Streams.late(factType);
    Stages stages = new Stages(catalogue.entries());
    for (ModelEntry<?, ?, ?> entry : catalogue.entries()) {
      tags.put(entry.id(), Streams.to(stages.of(entry), routedType));
    }
  }

  @Override
  public void open(OpenContext context) {
    List<ModelEntry<?, ?, ?>> entries = new ArrayList<>(catalogue.entries());
    everybody = new Router(entries, settings.book());
    onArrival = new Router(only(Ordering.ON_ARRIVAL, entries), settings.book());
    inOrder = new Router(only(Ordering.EVENT_TIME, entries), settings.book());
    metrics = new HashMap<>();
    for (ModelEntry<?, ?, ?> entry : entries) {
      metrics.put(entry.id(), ModelMetrics.of(getRuntimeContext().getMetricGroup(), entry.id()));
    }
    late = getRuntimeContext().getMetricGroup().counter("late");
    ahead = getRuntimeContext().getMetricGroup().counter("clockAhead");
    bare = getRuntimeContext().getMetricGroup().counter("placeUnknown");
    places =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "places", Types.STRING, RecordTypes.of(PlaceVersions.class)));
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting", Types.LONG, RecordTypes.listOf(RecordTypes.of(WaitingEvent.class))));
  }

  private static List<ModelEntry<?, ?, ?>> only(
      Ordering ordering, List<ModelEntry<?, ?, ?>> entries) {
    return entries.stream().filter(entry -> entry.ordering() == ordering).toList();
  }

  @Override
  public void processBroadcastElement(SettingsChange change, Context context, Collector<Fact> out)
      throws Exception {
    settings.change(change, context.getBroadcastState(LiveSettings.STATE));
  }

  @Override
  public void processElement(Fact fact, ReadOnlyContext context, Collector<Fact> out)
      throws Exception {
    settings.restore(context.getBroadcastState(LiveSettings.STATE));
    if (fact instanceof PlaceEntry entry) {
      String id = entry.place().id();
      PlaceVersions known = places.get(id);
      places.put(id, (known == null ? PlaceVersions.NONE : known).with(entry));
      release(id, context);
      everybody.route(fact, output(context));
    } else if (fact instanceof DeviceEvent event) {
      place(event, context);
    } else {
      everybody.route(fact, output(context));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Fact> out)
      throws Exception {
    settings.restore(context.getBroadcastState(LiveSettings.STATE));
    List<WaitingEvent> due = waiting.get(timestamp);
    if (due != null) {
      waiting.remove(timestamp);
      for (WaitingEvent event : due) {
        goOn(event, places.get(event.event().place().id()), context);
      }
    }
  }

  private void place(DeviceEvent event, ReadOnlyContext context) throws Exception {
    String id = event.place().id();
    long watermark = context.timerService().currentWatermark();
    boolean isLate = EventTime.millis(event.time()) <= watermark;
    PlaceVersions known = places.get(id);
    if (isLate || id.isEmpty() || EventTime.isAhead(event, clockAhead)) {
      admit(completed(event, known), isLate, context);
    } else if (known == null && event.place().equals(Place.of(id))) {
      waitForPlace(new WaitingEvent(event, false), context);
    } else if (EventTime.isBeforeAll(watermark)) {
      onArrival.route(completed(event, known), output(context));
      waitForPlace(new WaitingEvent(event, true), context);
    } else {
      admit(completed(event, known), false, context);
    }
  }

  private void waitForPlace(WaitingEvent event, ReadOnlyContext context) throws Exception {
    long at = EventTime.millis(event.event().time());
    List<WaitingEvent> others = waiting.get(at);
    List<WaitingEvent> all = new ArrayList<>(others == null ? List.of() : others);
    all.add(event);
    waiting.put(at, all);
    context.timerService().registerEventTimeTimer(at);
  }

  private void goOn(WaitingEvent event, @Nullable PlaceVersions known, ReadOnlyContext context) {
    if (known == null) {
      bare.inc();
    }
    Router rest = event.shownOnArrival() ? inOrder : everybody;
    rest.route(completed(event.event(), known), output(context));
  }

  private static DeviceEvent completed(DeviceEvent event, @Nullable PlaceVersions versions) {
    Place place = versions == null ? null : versions.at(event.time());
    return place == null ? event : event.withOrigin(event.origin().at(place));
  }

  /** Lets those go that waited for this place to become known. */
  private void release(String place, ReadOnlyContext context) throws Exception {
    PlaceVersions versions = places.get(place);
    List<Long> times = new ArrayList<>();
    waiting.keys().forEach(times::add);
    times.sort(null);
    for (Long time : times) {
      List<WaitingEvent> still = new ArrayList<>();
      for (WaitingEvent event : waiting.get(time)) {
        if (event.shownOnArrival() || !event.event().place().id().equals(place)) {
          still.add(event);
        } else if (EventTime.isBeforeAll(context.timerService().currentWatermark())) {
          onArrival.route(completed(event.event(), versions), output(context));
          still.add(new WaitingEvent(event.event(), true));
        } else {
          goOn(event, versions, context);
        }
      }
      if (still.isEmpty()) {
        waiting.remove(time);
      } else {
        waiting.put(time, still);
      }
    }
  }

  private void admit(DeviceEvent event, boolean isLate, ReadOnlyContext context) {
    Router.Output output = output(context);
    if (isLate) {
      List<ModelEntry<?, ?, ?>> missed = everybody.routeLate(event, output);
      missed.forEach(model -> metricsOf(model).late().inc());
      if (!missed.isEmpty()) {
        late.inc();
        context.output(lateTag, Refused.bare(event));
      }
    } else if (EventTime.isAhead(event, clockAhead)) {
      ahead.inc();
      output.dead(
          Refused.fact(
              Refused.STAGE, "CLOCK_AHEAD", "the device's clock is ahead of the gateway's", event));
      onArrival.route(event, output);
    } else {
      everybody.route(event, output);
    }
  }

  private ModelMetrics metricsOf(ModelEntry<?, ?, ?> model) {
    ModelMetrics found = metrics.get(model.id());
    if (found == null) {
      throw new IllegalStateException(model.id() + " is not in the catalogue");
    }
    return found;
  }

  private Router.Output output(ReadOnlyContext context) {
    return new Router.Output() {
      @Override
      public void to(ModelEntry<?, ?, ?> model, Routed routed) {
        context.output(tags.get(model.id()), routed);
      }

      @Override
      public void dead(DeadLetter letter) {
        ModelMetrics model = metrics.get(letter.stage());
        if (model != null) {
          model.dead().inc();
        }
        context.output(Streams.DEAD, letter);
      }
    };
  }
}
