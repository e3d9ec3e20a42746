package gatehouse.flink;

import gatehouse.analysis.ModelEntry;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.FactCodec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Where every subtask gets the models from. A model is code, so not the entries travel but the way
 * to them, usually {@code ModelCatalogue::all}.
 */
@FunctionalInterface
public interface Catalogue extends Serializable {

  /** The entries; who derives facts stands before who consumes them. */
  List<? extends ModelEntry<?, ?, ?>> entries();

  /** The type of everything the models look at: what travels, and what they derive. */
  default TypeInformation<Fact> factType() {
    List<Class<? extends Fact>> types = new ArrayList<>(FactCodec.types());
    for (ModelEntry<?, ?, ?> entry : entries()) {
      for (Class<? extends Fact> type : entry.consumes()) {
        if (DerivedFact.class.isAssignableFrom(type) && !types.contains(type)) {
          types.add(type);
        }
      }
    }
    return RecordTypes.oneOf(Fact.class, types);
  }
}
