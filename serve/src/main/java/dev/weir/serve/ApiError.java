package dev.weir.serve;

/**
 * The body of every answer that is not a success, in the shape of Prometheus' API.
 *
 * @param errorType one of Prometheus' own words
 */
record ApiError(String status, String errorType, String error) {
    static ApiError of(int httpStatus, String error) {
        return new ApiError("error", typeOf(httpStatus), error);
    }

    private static String typeOf(int httpStatus) {
        if (httpStatus == 404) {
            return "not_found";
        }
        if (httpStatus == 503) {
            return "unavailable";
        }
        return httpStatus >= 500 ? "internal" : "bad_data";
    }
}
