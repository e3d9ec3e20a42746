package gatehouse.flink;

import gatehouse.analysis.ModelEntry;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** The side streams of the operators. */
final class Streams {

  /** What was refused. */
  static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead", RecordTypes.of(DeadLetter.class));

  private Streams() {}

  /** Events that came behind the watermark. */
  static OutputTag<Fact> late(TypeInformation<Fact> factType) {
    return new OutputTag<>("late", factType);
  }

  /** Facts on their way to a model. */
  static OutputTag<Routed> to(ModelEntry<?, ?, ?> model, TypeInformation<Routed> routedType) {
    return new OutputTag<>("to-" + model.id(), routedType);
  }
}
