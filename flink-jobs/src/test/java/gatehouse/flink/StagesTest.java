package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.analysis.ModelEntry;
import gatehouse.model.ModelCatalogue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {

  @Test
  void whoLooksAtDerivedFactsStandsAStageAfterWhoDerivesThem() {
    Stages stages = new Stages(ProbeModel.entries());
    assertThat(stages.count()).isEqualTo(2);
    assertThat(stages.models(0))
        .extracting(ModelEntry::id)
        .containsExactly(ProbeModel.SEQUENCE, ProbeModel.ARRIVAL);
    assertThat(stages.models(1)).extracting(ModelEntry::id).containsExactly(ProbeModel.CHAIN);
    assertThat(stages.feeds(0, 1)).isTrue();
    assertThat(stages.feeds(1, 0)).isFalse();
  }

  @Test
  void theCatalogueNeedsFewStagesHoweverManyModelsItHas() {
    Stages stages = new Stages(ModelCatalogue.all());
    assertThat(stages.count()).isLessThanOrEqualTo(5);
    int models = 0;
    for (int i = 0; i < stages.count(); i++) {
      models += stages.models(i).size();
    }
    assertThat(models).isEqualTo(ModelCatalogue.all().size());
  }

  @Test
  void aModelThatStandsTooEarlyIsRefused() {
    List<ModelEntry<?, ?, ?>> entries = new ArrayList<>(ProbeModel.entries());
    Collections.reverse(entries);
    assertThatThrownBy(() -> new Stages(entries))
        .hasMessageStartingWith("nobody before probe-chain derives ProbeFact");
  }
}
