package gatehouse.flink;

import gatehouse.alert.Finding;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.site.PlaceEntry;
import gatehouse.site.SiteMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * How large the state of each key has become when a finished history has been shown to all models:
 * what the job keeps of a key, in bytes of the job's own serializers. In one thread, without a job.
 *
 * <p>Left out are the facts that wait for the watermark, the key's own name, its timer, and what
 * the state backend needs besides.
 */
public final class StateCensus {

  private static final int FIRST_SIZE = 4096;

  private final Consumer<Sizes> out;
  private final Instant until;
  private final List<Fact> facts;

  /**
   * The state of a model.
   *
   * @param model its id
   * @param bytes one number a key, smallest first
   */
  public record Sizes(String model, List<Integer> bytes) {}

  private StateCensus(List<Fact> facts, Instant until, Consumer<Sizes> out) {
    this.facts = facts;
    this.until = until;
    this.out = out;
  }

  /**
   * Shows the history to the models, one after the other.
   *
   * @param entries in such an order that who derives facts comes before who consumes them
   * @param until how long time goes on
   * @param out told of each model in turn
   */
  public static void of(
      List<ModelEntry<?, ?, ?>> entries,
      Collection<? extends Fact> history,
      Instant until,
      Consumer<Sizes> out) {
    StateCensus census = new StateCensus(completed(history), until, out);
    entries.forEach(census::take);
  }

  private static List<Fact> completed(Collection<? extends Fact> history) {
    Map<String, SiteMap> sites = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof PlaceEntry entry) {
        sites.computeIfAbsent(entry.community(), community -> new SiteMap()).add(entry);
      }
    }
    List<Fact> completed = new ArrayList<>(history.size());
    for (Fact fact : history) {
      SiteMap site = sites.get(fact.community());
      completed.add(
          site != null && fact instanceof DeviceEvent event ? site.complete(event) : fact);
    }
    return completed;
  }

  private <S, C extends Settings> void take(ModelEntry<?, S, C> entry) {
    ModelRunner<?, S, C> runner = new ModelRunner<>(entry, new SettingsBook());
    Map<String, List<Fact>> byKey = new TreeMap<>();
    for (Fact fact : facts) {
      for (String key : runner.keys(fact)) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(fact);
      }
    }
    Derived derived = new Derived(entry.id());
    TypeSerializer<KeyState<S>> serializer =
        HostedModel.stateType(entry).createSerializer(new SerializerConfigImpl());
    List<Integer> sizes = new ArrayList<>();
    byKey.forEach(
        (key, ofKey) -> {
          ofKey.sort(FactOrder.INSTANCE);
          KeyState<S> state = last(runner, key, ofKey, derived);
          if (!state.isEmpty()) {
            sizes.add(bytes(serializer, state));
          }
        });
    out.accept(new Sizes(entry.id(), sizes.stream().sorted().toList()));
    facts.addAll(derived.facts);
  }

  private <S> KeyState<S> last(
      ModelRunner<?, S, ?> runner, String key, List<Fact> ofKey, Derived derived) {
    boolean onArrival = runner.entry().ordering() == Ordering.ON_ARRIVAL;
    KeyState<S> state = KeyState.unknown();
    for (Fact fact : ofKey) {
      KeyRun<S> run = new KeyRun<>(runner, key, state, onArrival, derived);
      run.show(fact);
      state = run.after(fact.time());
    }
    KeyRun<S> run = new KeyRun<>(runner, key, state, onArrival, derived);
    run.wakeBefore(until);
    return run.after(until);
  }

  private static <S> int bytes(TypeSerializer<KeyState<S>> serializer, KeyState<S> state) {
    DataOutputSerializer bytes = new DataOutputSerializer(FIRST_SIZE);
    try {
      serializer.serialize(state, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.length();
  }

  /** Keeps what is derived; a step that fails is a fault of the model. */
  private static final class Derived implements KeyRun.Output {

    private final String model;
    private final List<Fact> facts = new ArrayList<>();

    Derived(String model) {
      this.model = model;
    }

    @Override
    public void findings(List<Finding> findings) {
      // Alerts are not counted.
    }

    @Override
    public void derived(List<DerivedFact> derived) {
      facts.addAll(derived);
    }

    @Override
    public void failed(Fact fact, Throwable error) {
      throw new IllegalStateException(model + " failed", error);
    }

    @Override
    public void wakeFailed(Instant at, ScopePath scope, String detail) {
      throw new IllegalStateException(model + " failed: " + detail);
    }

    @Override
    public void woken() {
      // Not counted.
    }

    @Override
    public void repeated() {
      // Not counted.
    }
  }
}
