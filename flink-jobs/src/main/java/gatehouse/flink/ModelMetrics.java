package gatehouse.flink;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What is counted of each model.
 *
 * @param findings what it found
 * @param wakes how often time passing woke it
 * @param late facts that came behind the watermark and were not shown
 * @param dead facts it failed on, or that it had no room for
 * @param repeated facts that had been shown before
 */
record ModelMetrics(Counter findings, Counter wakes, Counter late, Counter dead, Counter repeated) {

  /** The counters of a model, in a group {@code model} with the model's id as a label. */
  static ModelMetrics of(MetricGroup operator, String model) {
    MetricGroup group = operator.addGroup("model", model);
    return new ModelMetrics(
        group.counter("findings"),
        group.counter("wakes"),
        group.counter("late"),
        group.counter("dead"),
        group.counter("repeated"));
  }
}
