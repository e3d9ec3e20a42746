package gatehouse.labelled.people;

import gatehouse.labelled.Dice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws vehicles, every one with a plate of its own (GA 36: seven characters, or eight if green).
 * Here and there two look alike to the letter, but for one: of the same model and colour, with
 * plates that are easily taken for each other.
 */
public final class PlateMaker {

  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  private static final String SERIAL = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  private static final String[] COLOURS = {"white", "black", "silver", "grey", "red", "blue"};
  private static final double[] COLOUR_SHARES = {38, 22, 14, 14, 6, 6};
  private static final String[] TYPES = {"car", "suv", "van"};
  private static final String[] BRANDS = {
    "Volkswagen", "Toyota", "BYD", "Honda", "Geely", "Nissan", "Buick", "Changan"
  };

  private static final double TWIN = 0.03;

  /** Characters that look alike, in pairs. */
  private static final String ALIKE = "0D8B2Z5S1T6G";

  private final Dice dice;
  private final List<Car> made = new ArrayList<>();
  private final Set<String> given = new HashSet<>();

  /** A maker that never gives a plate twice. */
  public PlateMaker(Dice dice) {
    this.dice = dice;
  }

  /** Another vehicle. */
  public Car car() {
    Car twin = dice.chance(TWIN) && !made.isEmpty() ? twin(dice.pick(made)) : null;
    Car car = twin == null ? other() : twin;
    made.add(car);
    return car;
  }

  /** Another one that is hard to tell from this; null: its plate has nothing that looks alike. */
  private @Nullable Car twin(Car of) {
    for (int i = of.plate().length() - 1; i >= of.plate().length() - 4; i--) {
      int at = ALIKE.indexOf(of.plate().charAt(i));
      if (at >= 0) {
        String plate =
            of.plate().substring(0, i) + ALIKE.charAt(at ^ 1) + of.plate().substring(i + 1);
        return given.add(plate)
            ? new Car(plate, of.plateColour(), of.colour(), of.type(), of.brand(), 1)
            : null;
      }
    }
    return null;
  }

  private Car other() {
    boolean green = dice.chance(0.2);
    String plate;
    do {
      plate = green ? plate("D", 6) : plate("", 5);
    } while (!given.add(plate));
    return new Car(
        plate,
        green ? "green" : "blue",
        COLOURS[dice.weighted(COLOUR_SHARES)],
        TYPES[dice.weighted(60, 33, 7)],
        BRANDS[dice.whole(0, BRANDS.length - 1)],
        dice.chance(0.005) ? 10 : 1);
  }

  private String plate(String mark, int serial) {
    StringBuilder plate = new StringBuilder("川");
    plate.append(LETTERS.charAt(dice.weighted(70, 6, 6, 6, 6, 6))).append(mark);
    int digits = serial - mark.length();
    for (int i = 0; i < digits; i++) {
      plate.append(
          dice.chance(0.8)
              ? SERIAL.charAt(dice.whole(0, 9))
              : SERIAL.charAt(dice.whole(10, SERIAL.length() - 1)));
    }
    return plate.toString();
  }
}
