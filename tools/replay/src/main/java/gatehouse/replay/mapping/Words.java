package gatehouse.replay.mapping;

import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.event.PoleAlarm;
import gatehouse.event.SensorReading;
import gatehouse.event.TrackSighting;
import gatehouse.replay.log.BadRowException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of fields that have only some: the constants' names and what logs commonly write. */
final class Words {

  private static final Map<String, String> COMMON = new HashMap<>();
  private static final Map<FieldName, List<? extends Class<? extends Enum<?>>>> TYPES =
      new EnumMap<>(FieldName.class);

  static {
    means("IN", "ENTER", "ENTRY", "ENTRANCE", "ENTERED", "INBOUND", "进", "入", "进入", "进门", "入口");
    means("IN", "进场", "入场", "驶入");
    means("OUT", "EXIT", "LEAVE", "LEFT", "OUTBOUND", "出", "外出", "离开", "出门", "出口", "出场");
    means("OUT", "驶出");
    means("GRANTED", "GRANT", "ALLOWED", "ALLOW", "ACCEPTED", "SUCCESS", "SUCCEEDED", "PASS", "OK");
    means("GRANTED", "通过", "成功", "允许", "放行", "正常");
    means("DENIED", "DENY", "REFUSED", "REJECTED", "REJECT", "FAILED", "FAILURE", "FAIL");
    means("DENIED", "拒绝", "失败", "禁止");
    means("TRUE", "YES", "Y", "T", "1", "ON", "是");
    means("FALSE", "NO", "N", "F", "0", "OFF", "否");
    means("OPENED", "OPEN", "打开", "开");
    means("CLOSED", "CLOSE", "SHUT", "关闭", "关");
    means("CARD", "BADGE", "PROX", "FOB", "刷卡", "卡");
    means("FACE", "人脸");
    means("PIN", "CODE", "密码");
    means("QR", "QR_CODE", "二维码");
    means("REMOTE", "远程");
    means("TRACK", "COUNT", "SIGHTING");
    means("PERSON", "PEDESTRIAN", "行人");
    means("VEHICLE", "CAR", "机动车");
    TYPES.put(FieldName.KIND, List.of(EventKind.class));
    TYPES.put(FieldName.DIRECTION, List.of(Direction.class));
    TYPES.put(FieldName.OUTCOME, List.of(Outcome.class));
    TYPES.put(FieldName.REASON, List.of(DenialReason.class));
    TYPES.put(FieldName.CREDENTIAL_TYPE, List.of(CredentialType.class));
    TYPES.put(FieldName.CHANGE, List.of(DoorEvent.Change.class));
    TYPES.put(FieldName.TRACK_KIND, List.of(TrackSighting.Kind.class));
    TYPES.put(FieldName.SENSOR, List.of(SensorReading.Kind.class));
    TYPES.put(FieldName.ALARM, List.of(PoleAlarm.Kind.class, Truth.class));
    TYPES.put(FieldName.STATE, List.of(DeviceStatus.State.class));
    TYPES.put(FieldName.DURESS, List.of(Truth.class));
  }

  private Words() {}

  /** True and false as words. */
  enum Truth {
    TRUE,
    FALSE
  }

  private static void means(String constant, String... words) {
    for (String word : words) {
      COMMON.put(word, constant);
    }
  }

  /** Whether a field has this word. */
  static boolean isWord(FieldName field, String text) {
    return TYPES.getOrDefault(field, List.of()).stream()
        .anyMatch(type -> constant(type, text) != null);
  }

  /** The constant that the text of a field means. */
  static <E extends Enum<E>> E read(FieldName field, Class<E> type, String text)
      throws BadRowException {
    E constant = constant(type, text);
    if (constant == null) {
      throw new BadRowException(
          "'"
              + text
              + "' is no "
              + field.key()
              + "; translate it under 'values' to one of "
              + Arrays.toString(type.getEnumConstants())
              + ".");
    }
    return constant;
  }

  private static <E> @Nullable E constant(Class<E> type, String text) {
    String word = text.strip().toUpperCase(Locale.ROOT).replaceAll("[ .-]+", "_");
    String meant = COMMON.getOrDefault(word, word);
    for (E constant : type.getEnumConstants()) {
      String name = String.valueOf(constant);
      if (name.equals(word) || name.equals(meant)) {
        return constant;
      }
    }
    return null;
  }
}
