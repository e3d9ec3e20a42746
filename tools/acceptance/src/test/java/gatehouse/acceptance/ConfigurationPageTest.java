package gatehouse.acceptance;

import gatehouse.api.ApiSettings;
import gatehouse.config.ConfigPage;
import gatehouse.fixture.GeneratedDocs;
import gatehouse.flink.LiveConfig;
import gatehouse.ingest.IngestConfig;
import gatehouse.simulator.SimulatorConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is made from the configuration records. */
class ConfigurationPageTest {

  @Test
  void docsConfigurationSaysWhatTheCodeSays() throws Exception {
    String page =
        "# Configuration\n\n"
            + "Made from the code; do not edit. Each service reads environment variables; a variable\n"
            + "that begins with `GATEHOUSE_` and is not in its table stops the start.\n\n"
            + ConfigPage.section("ingest", IngestConfig.class)
            + ConfigPage.section("flink-jobs", LiveConfig.class)
            + ConfigPage.section("api", ApiSettings.class)
            + ConfigPage.section("simulator", SimulatorConfig.class);
    GeneratedDocs.check(Map.of("configuration.md", page.stripTrailing() + "\n"));
  }
}
