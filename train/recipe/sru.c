/* The element-wise part of a bidirectional simple recurrent unit, forward and backward.
 *
 * u    [T][B][2][3][H]  candidate, forget and reset pre-activations of both directions
 * x    [T][B][2][H]     the layer's input (highway)
 * v, b [2][2][H]        peephole weights and biases of forget and reset gate
 * len  [B]              words in each sentence; places beyond it give zeros
 * c, h [T][B][2][H]     state and output
 *
 * The sigmoid is rational (one division), so that the Rust runtime can compute the very same function. */
#include <string.h>
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

static inline float sig(float x) {
    float y = MAX(-3.f, MIN(3.f, .5f * x)), q = y * y;
    return .5f + .5f * (y * (27.f + q) / (27.f + 9.f * q));
}
static inline float dsig(float x) { /* derivative of sig */
    float y = MAX(-3.f, MIN(3.f, .5f * x)), q = y * y, n = 9.f - q, d = 3.f + q;
    return .25f * n * n / (9.f * d * d);
}

void forward(int T, int B, int H, const float *u, const float *x, const float *v, const float *b, const int *len,
             float *c, float *h) {
    for (int s = 0; s < B; s++)
        for (int d = 0; d < 2; d++) {
            const float *vf = v + d * 2 * H, *vr = vf + H, *bf = b + d * 2 * H, *br = bf + H;
            float zero[H];
            memset(zero, 0, sizeof zero);
            const float *prev = zero;
            for (int k = 0; k < T; k++) {
                int t = d ? len[s] - 1 - k : k;
                if (k >= len[s]) t = k;
                long at = ((long)t * B + s) * 2 + d;
                float *ct = c + at * H, *ht = h + at * H;
                if (k >= len[s]) { memset(ct, 0, H * sizeof *ct); memset(ht, 0, H * sizeof *ht); continue; }
                const float *ut = u + at * 3 * H, *xt = x + at * H;
                for (int i = 0; i < H; i++) {
                    float f = sig(ut[H + i] + vf[i] * prev[i] + bf[i]);
                    float r = sig(ut[2 * H + i] + vr[i] * prev[i] + br[i]);
                    float n = f * prev[i] + (1.f - f) * ut[i];
                    ct[i] = n;
                    ht[i] = r * n + (1.f - r) * xt[i];
                }
                prev = ct;
            }
        }
}

void backward(int T, int B, int H, const float *u, const float *x, const float *v, const float *b, const int *len,
              const float *c, const float *dh, float *du, float *dx, float *dv, float *db) {
    memset(du, 0, sizeof(float) * T * B * 6 * H);
    memset(dx, 0, sizeof(float) * T * B * 2 * H);
    memset(dv, 0, sizeof(float) * 4 * H);
    memset(db, 0, sizeof(float) * 4 * H);
    for (int s = 0; s < B; s++)
        for (int d = 0; d < 2; d++) {
            const float *vf = v + d * 2 * H, *vr = vf + H, *bf = b + d * 2 * H, *br = bf + H;
            float *dvf = dv + d * 2 * H, *dvr = dvf + H, *dbf = db + d * 2 * H, *dbr = dbf + H;
            float zero[H], dc[H];
            memset(zero, 0, sizeof zero);
            memset(dc, 0, sizeof dc);
            for (int k = len[s] - 1; k >= 0; k--) {
                int t = d ? len[s] - 1 - k : k, p = d ? t + 1 : t - 1;
                long at = ((long)t * B + s) * 2 + d;
                const float *prev = k ? c + (((long)p * B + s) * 2 + d) * H : zero;
                const float *ut = u + at * 3 * H, *xt = x + at * H, *ct = c + at * H, *gt = dh + at * H;
                float *dut = du + at * 3 * H, *dxt = dx + at * H;
                for (int i = 0; i < H; i++) {
                    float af = ut[H + i] + vf[i] * prev[i] + bf[i], ar = ut[2 * H + i] + vr[i] * prev[i] + br[i];
                    float f = sig(af), r = sig(ar);
                    float dr = gt[i] * (ct[i] - xt[i]) * dsig(ar);
                    float dn = dc[i] + gt[i] * r;
                    float df = dn * (prev[i] - ut[i]) * dsig(af);
                    dxt[i] = gt[i] * (1.f - r);
                    dut[i] = dn * (1.f - f);
                    dut[H + i] = df;
                    dut[2 * H + i] = dr;
                    dvf[i] += df * prev[i];
                    dvr[i] += dr * prev[i];
                    dbf[i] += df;
                    dbr[i] += dr;
                    dc[i] = dn * f + df * vf[i] + dr * vr[i];
                }
            }
        }
}
