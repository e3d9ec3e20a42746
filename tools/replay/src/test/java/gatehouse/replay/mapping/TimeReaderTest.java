package gatehouse.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.replay.log.BadRowException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iso | 2008-01-02T08:45 | 2008-01-02T00:45:00Z",
        "iso | 2015-05-01 00:15:13 | 2015-04-30T16:15:13Z",
        "iso | 2015/5/1 0:15 | 2015-04-30T16:15:00Z",
        "iso | 2015-05-01T00:15:13.25+02:00 | 2015-04-30T22:15:13.250Z",
        "iso | 2015-05-01T00:15:13Z | 2015-05-01T00:15:13Z",
        "epoch-seconds | 1464739200.123 | 2016-06-01T00:00:00.123Z",
        "epoch-millis | 1464739200123 | 2016-06-01T00:00:00.123Z",
        "epoch-micros | 1464739200123456 | 2016-06-01T00:00:00.123456Z",
        "excel | 42522.5 | 2016-06-01T04:00:00Z",
        "dd/MM/yyyy HH:mm:ss | 03/04/2024 05:06:07 | 2024-04-02T21:06:07Z",
        "dd/MM/yyyy HH:mm:ss | 03/04/2024 05:06:07.5 | 2024-04-02T21:06:07.500Z",
        "M/d/yyyy h:mm:ss a | 3/4/2024 5:06:07 pm | 2024-03-04T09:06:07Z",
        "dd-MMM-yy HH:mm | 04-mar-24 17:06 | 2024-03-04T09:06:00Z",
        "yyyyMMddHHmmss | 20240304170607 | 2024-03-04T09:06:07Z",
        "dd.MM.yyyy HH:mm xxx | 04.03.2024 17:06 +01:00 | 2024-03-04T16:06:00Z"
      })
  void readsTimes(String format, String text, Instant expected) throws BadRowException {
    assertThat(reader(Locale.ENGLISH, format).read(text)).isEqualTo(expected);
  }

  @Test
  void readsChineseHalvesOfTheDay() throws BadRowException {
    TimeReader reader = reader(Locale.SIMPLIFIED_CHINESE, "yyyy年M月d日 ah:mm");

    assertThat(reader.read("2024年3月4日 下午5:06")).isEqualTo("2024-03-04T09:06:00Z");
  }

  @Test
  void takesTheFirstFormatThatFits() throws BadRowException {
    TimeReader reader = reader(Locale.ENGLISH, "dd/MM/yyyy HH:mm", "iso");

    assertThat(reader.read("2024-03-04 17:06")).isEqualTo("2024-03-04T09:06:00Z");
    assertThat(reader.read("04/03/2024  17:06")).isEqualTo("2024-03-04T09:06:00Z");
  }

  @Test
  void saysWhatItCannotRead() {
    assertThatThrownBy(() -> reader(Locale.ENGLISH, "iso").read("2025-07-04 25:10:00"))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("2025-07-04 25:10:00")
        .hasMessageContaining("[iso]");
  }

  private static TimeReader reader(Locale language, String... formats) {
    return new TimeReader(List.of(formats), ZoneId.of("Asia/Shanghai"), language);
  }
}
