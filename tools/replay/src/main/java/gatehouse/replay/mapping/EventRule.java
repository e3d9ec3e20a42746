package gatehouse.replay.mapping;

import java.util.Map;

/**
 * An event that a row may stand for.
 *
 * @param when the rows that stand for it
 * @param fields what they say
 */
public record EventRule(Condition when, Map<FieldName, Field> fields) {}
