package gatehouse.api.http;

import java.util.List;

/** A list that is never longer than can be shown at once. */
public record ItemList<T>(List<T> items) {}
