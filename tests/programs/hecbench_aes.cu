// AES-128 in counter mode; S-box computed at compile time, block as a union of words and bytes.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>
#include <cuda_runtime.h>

namespace aes {

constexpr uint8_t xtime(uint8_t x) { return static_cast<uint8_t>((x << 1) ^ ((x & 0x80) ? 0x1b : 0)); }

struct Table { uint8_t v[256]; };

constexpr Table make_sbox()
{
    Table t{};
    uint8_t p = 1, q = 1;
    do {
        p = static_cast<uint8_t>(p ^ (p << 1) ^ ((p & 0x80) ? 0x1b : 0));
        q = static_cast<uint8_t>(q ^ (q << 1));
        q = static_cast<uint8_t>(q ^ (q << 2));
        q = static_cast<uint8_t>(q ^ (q << 4));
        if (q & 0x80) q ^= 0x09;
        const uint8_t r = static_cast<uint8_t>(q ^ ((q << 1) | (q >> 7)) ^ ((q << 2) | (q >> 6)) ^ ((q << 3) | (q >> 5)) ^ ((q << 4) | (q >> 4)));
        t.v[p] = r ^ 0x63;
    } while (p != 1);
    t.v[0] = 0x63;
    return t;
}

constexpr Table kSbox = make_sbox();
static_assert(kSbox.v[0x53] == 0xed, "S-box");

__constant__ Table d_sbox = make_sbox();
__constant__ uint32_t d_rk[44];

union State {
    uint4 q;
    uint32_t w[4];
    uint8_t b[16];
};

__device__ __forceinline__ uint32_t mix(uint32_t c)
{
    // doubles each byte in GF(2^8) at once
    auto dbl = [](uint32_t x) { return ((x & 0x7f7f7f7fu) << 1) ^ (((x >> 7) & 0x01010101u) * 0x1bu); };
    const uint32_t r8 = __funnelshift_r(c, c, 8);
    const uint32_t t = c ^ r8;
    return dbl(t) ^ r8 ^ __funnelshift_r(c, c, 16) ^ __funnelshift_r(c, c, 24);
}

__device__ void encrypt(State& s)
{
    for (int i = 0; i < 4; ++i) s.w[i] ^= d_rk[i];
#pragma unroll 1
    for (int round = 1; round <= 10; ++round) {
        State t;
#pragma unroll
        for (int c = 0; c < 4; ++c)
#pragma unroll
            for (int r = 0; r < 4; ++r) t.b[4 * c + r] = d_sbox.v[s.b[(4 * (c + r) + r) & 15]];
#pragma unroll
        for (int c = 0; c < 4; ++c) s.w[c] = (round < 10 ? mix(t.w[c]) : t.w[c]) ^ d_rk[4 * round + c];
    }
}

__global__ void __launch_bounds__(128) ctr(const uint4* __restrict__ in, uint4* __restrict__ out, uint64_t nonce, int blocks)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= blocks) return;
    State s;
    s.w[0] = static_cast<uint32_t>(nonce);
    s.w[1] = static_cast<uint32_t>(nonce >> 32);
    s.w[2] = 0;
    s.w[3] = __byte_perm(i, 0, 0x0123);
    encrypt(s);
    const uint4 p = __ldg(in + i);
    out[i] = make_uint4(p.x ^ s.q.x, p.y ^ s.q.y, p.z ^ s.q.z, p.w ^ s.q.w);
}

void expand(const uint8_t* key, uint8_t* rk)
{
    memcpy(rk, key, 16);
    uint8_t rcon = 1;
    for (int i = 16; i < 176; i += 4) {
        uint8_t t[4];
        memcpy(t, rk + i - 4, 4);
        if (i % 16 == 0) {
            const uint8_t u = t[0];
            t[0] = kSbox.v[t[1]] ^ rcon; t[1] = kSbox.v[t[2]]; t[2] = kSbox.v[t[3]]; t[3] = kSbox.v[u];
            rcon = xtime(rcon);
        }
        for (int k = 0; k < 4; ++k) rk[i + k] = rk[i + k - 16] ^ t[k];
    }
}

void host_encrypt(const uint8_t* rk, uint8_t* s)
{
    for (int i = 0; i < 16; ++i) s[i] ^= rk[i];
    for (int r = 1; r <= 10; ++r) {
        uint8_t t[16];
        for (int i = 0; i < 16; ++i) t[i] = kSbox.v[s[(i + 4 * (i % 4)) % 16]];
        for (int c = 0; c < 4 && r < 10; ++c) {
            uint8_t* a = t + 4 * c;
            const uint8_t all = a[0] ^ a[1] ^ a[2] ^ a[3], first = a[0];
            for (int k = 0; k < 4; ++k) a[k] ^= all ^ xtime(a[k] ^ (k < 3 ? a[k + 1] : first));
        }
        for (int i = 0; i < 16; ++i) s[i] = t[i] ^ rk[16 * r + i];
    }
}

}  // namespace aes

int main()
{
    // FIPS-197 appendix B
    std::array<uint8_t, 16> key = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};
    uint8_t rk[176];
    aes::expand(key.data(), rk);
    uint8_t probe[16] = {0x32, 0x43, 0xf6, 0xa8, 0x88, 0x5a, 0x30, 0x8d, 0x31, 0x31, 0x98, 0xa2, 0xe0, 0x37, 0x07, 0x34};
    aes::host_encrypt(rk, probe);
    if (probe[0] != 0x39 || probe[15] != 0x32) { printf("FAIL host AES\n"); return 1; }

    const int blocks = 1000;
    std::vector<uint8_t> text(blocks * 16), out(blocks * 16);
    for (size_t i = 0; i < text.size(); ++i) text[i] = static_cast<uint8_t>(i * 31 + (i >> 7));
    const uint64_t nonce = 0x0123456789abcdefull;
    uint4 *din, *dout;
    cudaMalloc(&din, text.size());
    cudaMalloc(&dout, text.size());
    cudaMemcpy(din, text.data(), text.size(), cudaMemcpyHostToDevice);
    cudaMemcpyToSymbol(aes::d_rk, rk, sizeof rk);
    aes::ctr<<<(blocks + 127) / 128, 128>>>(din, dout, nonce, blocks);
    cudaMemcpy(out.data(), dout, out.size(), cudaMemcpyDeviceToHost);
    if (cudaError_t e = cudaGetLastError()) { printf("FAIL %s\n", cudaGetErrorString(e)); return 1; }
    cudaFree(din);
    cudaFree(dout);
    for (int i = 0; i < blocks; ++i) {
        uint8_t s[16] = {};
        memcpy(s, &nonce, 8);
        for (int k = 0; k < 4; ++k) s[12 + k] = static_cast<uint8_t>(i >> (24 - 8 * k));
        aes::host_encrypt(rk, s);
        for (int k = 0; k < 16; ++k)
            if ((s[k] ^ text[16 * i + k]) != out[16 * i + k]) { printf("FAIL block %d byte %d\n", i, k); return 1; }
    }
    printf("PASS aes-ctr: %d blocks\n", blocks);
    return 0;
}
