package gatehouse.alert;

import java.util.Map;

/**
 * Why, as a code and its values, so that it can be said in the reader's language.
 *
 * @param code key into {@link Explanations}
 * @param values named values of the text
 */
public record Explanation(String code, Map<String, String> values) {}
