package gatehouse.flink;

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

  /** Facts on their way to the models of a stage. */
  static OutputTag<Routed> to(int stage, TypeInformation<Routed> routedType) {
    return new OutputTag<>("to-" + name(stage), routedType);
  }

  /** Name and uid of the operator that hosts a stage. */
  static String name(int stage) {
    return "models-" + (stage + 1);
  }
}
