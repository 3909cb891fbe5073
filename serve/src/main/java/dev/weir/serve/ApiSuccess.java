package dev.weir.serve;

/** The envelope Prometheus' API puts around what was asked for. */
record ApiSuccess(String status, Object data) {
    static ApiSuccess of(Object data) {
        return new ApiSuccess("success", data);
    }
}
