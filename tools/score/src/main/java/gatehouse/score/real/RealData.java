package gatehouse.score.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A set of real data, and what is run on it. */
public interface RealData {

  /** All of them, in the order of the table. */
  static List<RealData> all() {
    return List.of(
        new BadgeLog(),
        new DoorCounts(),
        new RoadLoops(),
        CareHome.ordonezB(),
        CareHome.kasteren(),
        new SmokeLog());
  }

  /** The name of its folder. */
  String folder();

  /** What the data are, and which model is run on them. */
  String what();

  /**
   * Runs it.
   *
   * @param data the folder itself
   * @return what came of it, in words
   */
  String result(Path data) throws IOException;

  /**
   * The table of all that are there, in Markdown.
   *
   * @param directory the folders' parent
   */
  static String table(Path directory) throws IOException {
    StringBuilder text =
        new StringBuilder("| data | what is run | result |\n| --- | --- | --- |\n");
    for (RealData one : all()) {
      Path data = directory.resolve(one.folder());
      String result =
          Files.isDirectory(data)
              ? one.result(data)
              : "not run: there is no folder " + one.folder() + " in " + directory;
      text.append("| ").append(one.folder()).append(" | ").append(one.what()).append(" | ");
      text.append(result).append(" |\n");
    }
    return text.toString();
  }
}
