package gatehouse.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official numbers, by examples of their standards and by what comes close to them. */
class NumbersTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  @ParameterizedTest
  @ValueSource(
      // The first two are the examples of GB 11643-1999.
      strings = {"11010519491231002X", "440524188001010014", "11010519491231002x"})
  void anIdentityNumberWithTheRightCheckCharacterIsTaken(String number) throws InvalidField {
    if (number.startsWith("440524")) {
      // Its bearer was born before 1900: the check character fits, the date does not.
      assertThatThrownBy(() -> IdentityNumber.check("n", number, TODAY))
          .hasMessage("identity-date");
      return;
    }
    assertThat(IdentityNumber.check("n", number, TODAY)).isEqualTo("11010519491231002X");
  }

  @ParameterizedTest
  @CsvSource({
    "110105194912310021,identity-check",
    "110105194921310022,identity-check",
    "1101051949123100,identity-form",
    "11010519491231002Y,identity-form",
    "'',identity-form",
    "110105194902290020,identity-check",
    "' 1 OR 1=1',identity-form"
  })
  void anIdentityNumberThatIsNoneIsRefused(String number, String reason) {
    assertThatThrownBy(() -> IdentityNumber.check("n", number, TODAY))
        .isInstanceOf(InvalidField.class)
        .hasMessage(reason);
  }

  @Test
  void everyOtherDigitInAnyPlaceOfAnIdentityNumberIsFound() {
    String right = "11010519491231002X";
    for (int place = 0; place < 17; place++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        if (right.charAt(place) != digit) {
          String wrong = right.substring(0, place) + digit + right.substring(place + 1);
          assertThatThrownBy(() -> IdentityNumber.check("n", wrong, TODAY))
              .isInstanceOf(InvalidField.class);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "京A12345,京A12345", "粤B·D1234 5,粤BD12345", "沪AF01234,沪AF01234", "湘A12345D,湘A12345D",
    "浙A1234学,浙A1234学", "苏A1234警,苏A1234警", "粤Z1234港,粤Z1234港", "ｊｉ,",
    "使123456,使123456", "鲁B6666挂,鲁B6666挂", "京ad12345,京AD12345"
  })
  void aPlateOfEachFormIsTakenInItsCanonicalForm(String raw, String canonical) throws InvalidField {
    if (canonical == null) {
      assertThatThrownBy(() -> PlateNumber.check("p", raw)).hasMessage("plate-form");
    } else {
      assertThat(PlateNumber.check("p", raw)).isEqualTo(canonical);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "京AI2345",
        "京AO2345",
        "京I12345",
        "A12345",
        "京A1234",
        "京A123456",
        "京A1234D5",
        "无牌",
        "",
        "京A12345'; DROP TABLE",
        "京A12345京",
        "京AABCDE"
      })
  void whatIsNoPlateIsRefused(String raw) {
    assertThatThrownBy(() -> PlateNumber.check("p", raw)).isInstanceOf(InvalidField.class);
  }

  @ParameterizedTest
  @CsvSource({"110105,true", "370102,true", "110000,true", "990000,false", "11010,false"})
  void aRegionCodeIsOneThatIsInTheTable(String code, boolean there) {
    if (there) {
      assertThat(catchNothing(code)).isEqualTo(code);
    } else {
      assertThatThrownBy(() -> RegionCodes.check("r", code)).hasMessage("region-code");
    }
  }

  private static String catchNothing(String code) {
    try {
      return RegionCodes.check("r", code);
    } catch (InvalidField e) {
      throw new AssertionError(e);
    }
  }
}
