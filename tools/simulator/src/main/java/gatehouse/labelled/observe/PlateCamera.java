package gatehouse.labelled.observe;

import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.Dice;
import gatehouse.labelled.act.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a vehicle checkpoint makes of a vehicle: plates missed and misread, colours mistaken. */
final class PlateCamera {

  private static final double MISSED = 0.02;
  private static final double MISREAD = 0.02;
  private static final double NIGHT = 2;
  private static final double COLOUR_WRONG = 0.06;
  private static final double COLOUR_WRONG_AT_NIGHT = 0.20;
  private static final double TYPE_WRONG = 0.04;
  private static final double BRAND_UNKNOWN = 0.25;
  private static final double BRAND_WRONG = 0.03;
  private static final double FACE_NOT_RECOGNISED = 0.04;

  /** What readers confuse, most often first. */
  private static final Map<Character, String> TAKEN_FOR =
      Map.ofEntries(
          Map.entry('0', "DQ8"),
          Map.entry('D', "0Q"),
          Map.entry('Q', "0D"),
          Map.entry('1', "7TL"),
          Map.entry('7', "1T2"),
          Map.entry('2', "Z7"),
          Map.entry('Z', "2"),
          Map.entry('5', "S6"),
          Map.entry('S', "5"),
          Map.entry('8', "B03"),
          Map.entry('B', "8"),
          Map.entry('6', "G5"),
          Map.entry('G', "6C"),
          Map.entry('4', "A"),
          Map.entry('A', "4"),
          Map.entry('3', "8"),
          Map.entry('9', "0"));

  private static final Map<String, List<String>> COLOUR_TAKEN_FOR =
      Map.of(
          "white", List.of("silver", "grey"),
          "silver", List.of("white", "grey"),
          "grey", List.of("silver", "black"),
          "black", List.of("grey", "blue"),
          "blue", List.of("black", "grey"),
          "red", List.of("brown", "black"));

  private final Dice dice;
  private long faces;

  PlateCamera(Dice dice) {
    this.dice = dice;
  }

  /** Null: the passage was missed. */
  @Nullable Function<Origin, DeviceEvent> read(Act.Drive drive, double blur) {
    int hour = drive.at().atZone(CitySettings.ZONE).getHour();
    boolean night = hour < 6 || hour >= 19;
    if (dice.chance(MISSED + blur)) {
      return null;
    }
    String plate = drive.car().plate();
    double wrong = MISREAD * drive.car().dirt() * (night ? NIGHT : 1) + blur;
    boolean misread = !plate.isEmpty() && dice.chance(Math.min(0.6, wrong));
    String raw = plate.isEmpty() ? "无牌" : misread ? misread(plate) : plate;
    double sure = misread ? dice.normal(0.84, 0.08) : dice.normal(0.965, 0.025);
    double confidence = Math.round(1000 * Math.max(0.3, Math.min(0.995, sure - blur))) / 1000.0;
    String colour =
        mistaken(
            drive.car().colour(), night ? COLOUR_WRONG_AT_NIGHT : COLOUR_WRONG, COLOUR_TAKEN_FOR);
    String type = dice.chance(TYPE_WRONG) ? otherType(drive.car().type()) : drive.car().type();
    String brand =
        dice.chance(BRAND_UNKNOWN)
            ? ""
            : dice.chance(BRAND_WRONG) ? "Hyundai" : drive.car().brand();
    List<String> occupants =
        drive.occupants().stream()
            .map(who -> dice.chance(FACE_NOT_RECOGNISED) ? "seen-" + faces++ : who)
            .toList();
    return origin ->
        new PlateRead(
            origin,
            Plates.canonical(raw),
            raw,
            confidence,
            List.of(),
            drive.car().plateColour(),
            colour,
            type,
            brand,
            "1",
            drive.direction(),
            Outcome.GRANTED,
            occupants,
            null);
  }

  private String misread(String plate) {
    List<Integer> candidates = new ArrayList<>();
    for (int i = 2; i < plate.length(); i++) {
      if (TAKEN_FOR.containsKey(plate.charAt(i))) {
        candidates.add(i);
      }
    }
    if (candidates.isEmpty() || dice.chance(0.15)) {
      int at = dice.whole(2, plate.length() - 1);
      return plate.substring(0, at) + dice.whole(0, 9) + plate.substring(at + 1);
    }
    int at = dice.pick(candidates);
    String others = TAKEN_FOR.getOrDefault(plate.charAt(at), "");
    int which = dice.weighted(6, others.length() > 1 ? 3 : 0, others.length() > 2 ? 1 : 0);
    return plate.substring(0, at) + others.charAt(which) + plate.substring(at + 1);
  }

  private String mistaken(String colour, double probability, Map<String, List<String>> takenFor) {
    return dice.chance(probability)
        ? dice.pick(takenFor.getOrDefault(colour, List.of("grey")))
        : colour;
  }

  private String otherType(String type) {
    return type.equals("car") ? "suv" : type.equals("suv") ? "car" : "truck";
  }
}
