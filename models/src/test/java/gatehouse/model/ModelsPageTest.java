package gatehouse.model;

import gatehouse.analysis.ModelPage;
import gatehouse.fixture.GeneratedDocs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelsPageTest {

  @Test
  void docsModelsSaysWhatTheCodeSays() throws Exception {
    StringBuilder page = new StringBuilder("# The analysis models\n\n");
    page.append(
        "Made from the code; do not edit. One section a model: what it is for, who gets its");
    page.append(" alerts, its settings, and why it may be wrong.\n\n");
    ModelCatalogue.all().forEach(entry -> page.append(ModelPage.section(entry)));
    GeneratedDocs.check(Map.of("models.md", page.toString().stripTrailing() + "\n"));
  }
}
