package gatehouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.fixture.GeneratedDocs;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedSchemasTest {

  @Test
  void schemasAndAsyncApiSayWhatTheCodeSays() throws Exception {
    Map<String, String> documents = new LinkedHashMap<>();
    JsonSchemas.documents().forEach((name, text) -> documents.put("schemas/" + name, text));
    documents.put("asyncapi.json", AsyncApi.document());
    assertThat(documents).hasSizeGreaterThan(25);
    GeneratedDocs.check(documents);
  }
}
