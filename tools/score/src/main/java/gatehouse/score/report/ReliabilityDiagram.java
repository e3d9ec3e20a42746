package gatehouse.score.report;

import gatehouse.score.Calibration;
import java.util.Locale;

/** Mean score against the share of right alerts, a dot for each bin of scores. */
final class ReliabilityDiagram {

  private ReliabilityDiagram() {}

  /**
   * The diagram as SVG.
   *
   * @param size its width and height in pixels
   */
  static String of(Calibration calibration, int size) {
    StringBuilder plot =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg width=\"%1$d\" height=\"%1$d\"><rect class=\"frame\" width=\"%1$d\""
                    + " height=\"%1$d\"/><line class=\"diagonal\" x1=\"0\" y1=\"%1$d\" x2=\"%1$d\""
                    + " y2=\"0\"/>",
                size));
    int all = calibration.bins().stream().mapToInt(Calibration.Bin::alerts).sum();
    for (Calibration.Bin bin : calibration.bins()) {
      plot.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"own\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>score %.1f to %.1f:"
                  + " %d of %d right</title></circle>",
              bin.meanScore() * size,
              (1 - bin.share()) * size,
              1.5 + size / 14.0 * Math.sqrt((double) bin.alerts() / all),
              bin.from(),
              bin.to(),
              bin.right(),
              bin.alerts()));
    }
    return plot.append("</svg>").toString();
  }
}
