package gatehouse.flink;

import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.SettingsBook;
import gatehouse.flink.type.RecordTypes;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** One model inside a stage: its runner, the state of the key at hand, its counters. */
final class HostedModel<S> {

  private final ModelEntry<?, S, ?> entry;
  private final ModelRunner<?, S, ?> runner;
  private final Router consumers;
  private final ModelMetrics metrics;
  private final ValueState<KeyState<S>> keyState;

  private HostedModel(
      ModelEntry<?, S, ?> entry,
      ModelRunner<?, S, ?> runner,
      Router consumers,
      ModelMetrics metrics,
      ValueState<KeyState<S>> keyState) {
    this.entry = entry;
    this.runner = runner;
    this.consumers = consumers;
    this.metrics = metrics;
    this.keyState = keyState;
  }

  /**
   * Registers a model's state and counters with the operator.
   *
   * @param later the models that its derived facts may go to
   */
  static <S, C extends Settings> HostedModel<S> open(
      ModelEntry<?, S, C> entry,
      List<ModelEntry<?, ?, ?>> later,
      SettingsBook settings,
      RuntimeContext context) {
    return new HostedModel<>(
        entry,
        new ModelRunner<>(entry, settings),
        new Router(later, settings),
        ModelMetrics.of(context.getMetricGroup(), entry.id()),
        context.getState(new ValueStateDescriptor<>(entry.id(), stateType(entry))));
  }

  /** The type of what is kept of a key. */
  static <S> TypeInformation<KeyState<S>> stateType(ModelEntry<?, S, ?> entry) {
    return RecordTypes.of(
        KeyState.class, KeyState.class.getTypeParameters()[0], RecordTypes.of(entry.stateType()));
  }

  String id() {
    return entry.id();
  }

  boolean isInEventTimeOrder() {
    return entry.ordering() == Ordering.EVENT_TIME;
  }

  ModelMetrics metrics() {
    return metrics;
  }

  /** Finds whom its derived facts concern. */
  Router consumers() {
    return consumers;
  }

  /** Goes on where the key at hand stood. */
  KeyRun<S> run(String key, KeyRun.Output output) throws IOException {
    KeyState<S> before = keyState.value();
    return new KeyRun<>(
        runner, key, before == null ? KeyState.unknown() : before, !isInEventTimeOrder(), output);
  }

  /** Keeps what the key at hand has come to. */
  void keep(KeyState<S> after) throws IOException {
    if (after.isEmpty()) {
      keyState.clear();
    } else {
      keyState.update(after);
    }
  }
}
