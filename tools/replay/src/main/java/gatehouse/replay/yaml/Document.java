package gatehouse.replay.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** A YAML file. All values are taken as the text that stands there: 08:00, no and 007 stay so. */
public final class Document {

  private Document() {}

  /**
   * Reads a file whose content is a mapping.
   *
   * @param reader takes what it knows; a key that it never asked for is an error
   * @throws DocumentException naming the line
   */
  public static <T> T read(Path file, Function<Section, T> reader) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new DocumentException(
          file.toString(), "there is no such file.", "the path is relative to another folder.");
    } catch (CharacterCodingException e) {
      throw new DocumentException(file.toString(), "is not UTF-8.", "save it as UTF-8.");
    }
    return parse(String.valueOf(file.getFileName()), text, reader);
  }

  /** Reads a text; {@code name} stands for the file in messages. */
  public static <T> T parse(String name, String text, Function<Section, T> reader) {
    Node root;
    try {
      root =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .compose(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new DocumentException(
          name + " line " + line,
          "is not YAML: " + e.getProblem() + ".",
          "the indentation is off, or a text with ': ' or '#' in it wants quotes.");
    } catch (YAMLException e) {
      throw new DocumentException(name, "is not YAML.", "it is a file of another kind.");
    }
    if (root == null) {
      throw new DocumentException(name, "is empty.", "see docs/replay.md for a full example.");
    }
    return new Value(name, "the file", root).section(reader);
  }
}
