package gatehouse.replay;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.replay.mapping.Mapping;
import gatehouse.replay.mapping.MappingReader;
import gatehouse.replay.site.Site;
import gatehouse.replay.site.SiteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/replay.md shows can be written like that. */
class DocsTest {

  private static final Path PAGE = Path.of("..", "..", "docs", "replay.md");
  private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  @Test
  void thePartsOfASiteFileMakeASiteFile() throws IOException {
    StringBuilder file = new StringBuilder();
    for (String block : blocks()) {
      if (Pattern.compile(
              "^(areas:\\n  building|places:\\n  vault|rules|waysComplete|facts|settings)")
          .matcher(block)
          .find()) {
        file.append(block);
      }
    }

    Site site = SiteReader.parse("docs", file.toString());

    assertThat(site.places()).containsOnlyKeys("vault door");
    assertThat(site.facts()).hasSize(10);
    assertThat(site.settings()).hasSize(2);
    assertThat(site.ways()).hasSize(3);
    assertThat(site.rules()).hasSize(1);
  }

  @Test
  void theFullExampleCanBeRead() throws IOException {
    List<String> blocks = blocks();

    assertThat(mapping(blocks.get(0)).events()).hasSize(1);
    assertThat(SiteReader.parse("docs", blocks.get(1)).lists()).containsKey("operations");
  }

  @Test
  void rowsThatMeanDifferentThingsCanBeRead() throws IOException {
    for (String block : blocks()) {
      if (block.startsWith("event: {subject: ID}")) {
        assertThat(mapping("time: t\n" + block + "    place: door\n").events()).hasSize(3);
      } else if (block.startsWith("match: all")) {
        assertThat(mapping(block).all()).isTrue();
      } else if (block.startsWith("ignore")) {
        assertThat(mapping("time: t\nevent: {place: p}\n" + block).ignore()).hasSize(2);
      }
    }
  }

  private static Mapping mapping(String text) {
    return new MappingReader(ZoneOffset.UTC).parse("docs", text);
  }

  private static List<String> blocks() throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    return matcher.results().map(result -> result.group(1)).toList();
  }
}
