package gatehouse.api.retention;

/**
 * What a sweep did.
 *
 * @param rows how many rows were deleted
 * @param kept how many were old enough, and are still named by something that is not
 */
record Swept(long rows, long kept) {}
