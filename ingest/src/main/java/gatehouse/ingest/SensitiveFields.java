package gatehouse.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What devices may say of people, and the platform must not keep: in events it is dropped because
 * no event has such a field, in dead letters it is cut out. The removal is counted by class.
 */
final class SensitiveFields {

  private static final JsonFactory JSON = new JsonFactory();

  /** Class of data by field name, without case and separators. GA/T 1400 writes EthicCode. */
  private static final Map<String, String> CLASSES = classes();

  private SensitiveFields() {}

  /** The classes of data, as counted. */
  static List<String> declared() {
    return List.copyOf(new TreeSet<>(CLASSES.values()));
  }

  /** The class of a field, or null if the field is not sensitive. */
  static @Nullable String classOf(String field) {
    String plain = plain(field);
    return plain.startsWith("specialperson") ? "special-person" : CLASSES.get(plain);
  }

  /**
   * The payload without its sensitive fields, for a dead letter. Bytes that are not JSON cannot be
   * cut: they are withheld as a whole, as an empty array, if they name such a field.
   */
  static byte[] cut(byte[] payload) {
    if (!mentions(payload)) {
      return payload;
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream(payload.length);
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), payload);
        JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), kept)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && classOf(in.currentName()) != null) {
          in.nextToken();
          in.skipChildren();
        } else {
          out.copyCurrentEvent(in);
        }
      }
    } catch (JacksonException e) {
      return new byte[0];
    }
    return kept.toByteArray();
  }

  /** Whether the bytes may name such a field; an escape could hide one. */
  private static boolean mentions(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    String plain = plain(text);
    return text.contains("\\u")
        || plain.contains("specialperson")
        || CLASSES.keySet().stream().anyMatch(plain::contains);
  }

  private static String plain(String field) {
    StringBuilder plain = new StringBuilder(field.length());
    field
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(symbol -> symbol != '_' && symbol != '-' && symbol != '.' && symbol != ' ')
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static Map<String, String> classes() {
    Map<String, String> classes = new LinkedHashMap<>();
    add(classes, "ethnicity", "ethnicity", "ethnic", "ethniccode", "ethiccode", "ethic");
    add(classes, "ethnicity", "nation", "nationcode", "minzu", "民族", "race");
    add(classes, "nationality", "nationality", "nationalitycode", "isforeigner", "国籍");
    add(classes, "religion", "religion", "religiouscode", "religioncode", "faith", "宗教", "宗教信仰");
    add(classes, "political-status", "politicalstatus", "politicalaffiliation", "politicalcode");
    add(classes, "political-status", "political", "partymember", "政治面貌");
    add(classes, "special-person", "specialpersontype", "issuspectedterrorist");
    add(classes, "special-person", "suspectedterroristnumber", "iscriminalinvolved");
    add(classes, "special-person", "criminalinvolvedspecilisationcode", "isdetainees");
    add(classes, "special-person", "detentionhousecode", "detaineesidentity");
    add(classes, "special-person", "detaineesspecialidentity", "issuspiciousperson");
    add(classes, "special-person", "suspiciouspersontype", "isvictim", "victimtype");
    add(classes, "special-person", "重点人员", "特殊人群");
    add(classes, "marital-status", "maritalstatus", "marriagestatus", "marital", "婚姻状况");
    add(classes, "education", "education", "educationlevel", "educationcode", "学历", "文化程度");
    add(classes, "biometric", "facefeature", "facevector", "featurevector", "featuredata");
    add(classes, "biometric", "embedding", "faceimage", "imagebase64", "subimagelist");
    return Map.copyOf(classes);
  }

  private static void add(Map<String, String> classes, String name, String... fields) {
    for (String field : fields) {
      classes.put(field, name);
    }
  }
}
