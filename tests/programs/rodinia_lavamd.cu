// Particle potential and forces between a box and its 26 neighbours, double precision.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <cuda.h>
#include <cuda_runtime.h>

#define fp double
#define NUMBER_PAR_PER_BOX 24
#define NUMBER_THREADS 32
#define DOT(A, B) ((A.x) * (B.x) + (A.y) * (B.y) + (A.z) * (B.z))

typedef struct { fp x, y, z; } THREE_VECTOR;
typedef struct { fp v, x, y, z; } FOUR_VECTOR;

typedef struct nei_str {
    int x, y, z;
    int number;
    long offset;
} nei_str;

typedef struct box_str {
    int x, y, z;
    int number;
    long offset;
    int nn;
    nei_str nei[26];
} box_str;

typedef struct par_str { fp alpha; } par_str;
typedef struct dim_str {
    int boxes1d_arg;
    long number_boxes;
    long space_elem;
} dim_str;

__global__ void kernel_gpu(par_str d_par, dim_str d_dim, const box_str* d_box, const FOUR_VECTOR* d_rv, const fp* d_qv,
                           FOUR_VECTOR* d_fv)
{
    int bx = blockIdx.x, tx = threadIdx.x, wtx = tx;
    if (bx < d_dim.number_boxes) {
        fp a2 = 2.0 * d_par.alpha * d_par.alpha;
        __shared__ FOUR_VECTOR rA_shared[NUMBER_PAR_PER_BOX];
        __shared__ FOUR_VECTOR rB_shared[NUMBER_PAR_PER_BOX];
        __shared__ fp qB_shared[NUMBER_PAR_PER_BOX];
        int first_i = d_box[bx].offset;
        const FOUR_VECTOR* rA = &d_rv[first_i];
        FOUR_VECTOR* fA = &d_fv[first_i];
        while (wtx < NUMBER_PAR_PER_BOX) {
            rA_shared[wtx] = rA[wtx];
            wtx += NUMBER_THREADS;
        }
        __syncthreads();
        for (int k = 0; k < 1 + d_box[bx].nn; k++) {
            const int pointer = k == 0 ? bx : d_box[bx].nei[k - 1].number;
            const int first_j = d_box[pointer].offset;
            for (wtx = tx; wtx < NUMBER_PAR_PER_BOX; wtx += NUMBER_THREADS) {
                rB_shared[wtx] = d_rv[first_j + wtx];
                qB_shared[wtx] = d_qv[first_j + wtx];
            }
            __syncthreads();
            for (wtx = tx; wtx < NUMBER_PAR_PER_BOX; wtx += NUMBER_THREADS) {
                FOUR_VECTOR acc = fA[wtx];
                for (int j = 0; j < NUMBER_PAR_PER_BOX; j++) {
                    fp r2 = rA_shared[wtx].v + rB_shared[j].v - DOT(rA_shared[wtx], rB_shared[j]);
                    fp u2 = a2 * r2;
                    fp vij = exp(-u2);
                    fp fs = 2 * vij;
                    THREE_VECTOR d;
                    d.x = rA_shared[wtx].x - rB_shared[j].x;
                    d.y = rA_shared[wtx].y - rB_shared[j].y;
                    d.z = rA_shared[wtx].z - rB_shared[j].z;
                    acc.v += qB_shared[j] * vij;
                    acc.x += qB_shared[j] * (fs * d.x);
                    acc.y += qB_shared[j] * (fs * d.y);
                    acc.z += qB_shared[j] * (fs * d.z);
                }
                fA[wtx] = acc;
            }
            __syncthreads();
        }
    }
}

int main(int argc, char* argv[])
{
    dim_str dim;
    dim.boxes1d_arg = 3;
    for (int i = 1; i < argc; i++)
        if (argv[i][0] == '-' && argv[i][1] == 'b' && i + 1 < argc) dim.boxes1d_arg = atoi(argv[++i]);
    const int b = dim.boxes1d_arg;
    dim.number_boxes = (long)b * b * b;
    dim.space_elem = dim.number_boxes * NUMBER_PAR_PER_BOX;
    par_str par = {0.5};

    box_str* box = (box_str*)malloc(dim.number_boxes * sizeof(box_str));
    int nh = 0;
    for (int i = 0; i < b; i++)
        for (int j = 0; j < b; j++)
            for (int k = 0; k < b; k++, nh++) {
                box[nh].x = k; box[nh].y = j; box[nh].z = i;
                box[nh].number = nh;
                box[nh].offset = (long)nh * NUMBER_PAR_PER_BOX;
                box[nh].nn = 0;
                for (int l = -1; l < 2; l++)
                    for (int m = -1; m < 2; m++)
                        for (int n = -1; n < 2; n++) {
                            const int z = i + l, y = j + m, x = k + n;
                            if (x < 0 || y < 0 || z < 0 || x >= b || y >= b || z >= b || (l == 0 && m == 0 && n == 0)) continue;
                            nei_str* ne = &box[nh].nei[box[nh].nn++];
                            ne->x = x; ne->y = y; ne->z = z;
                            ne->number = (z * b * b) + (y * b) + x;
                            ne->offset = (long)ne->number * NUMBER_PAR_PER_BOX;
                        }
            }
    const long n = dim.space_elem;
    FOUR_VECTOR* rv = (FOUR_VECTOR*)malloc(n * sizeof(FOUR_VECTOR));
    FOUR_VECTOR* fv = (FOUR_VECTOR*)malloc(n * sizeof(FOUR_VECTOR));
    FOUR_VECTOR* ref = (FOUR_VECTOR*)calloc(n, sizeof(FOUR_VECTOR));
    fp* qv = (fp*)malloc(n * sizeof(fp));
    srand(3);
    for (long i = 0; i < n; i++) {
        rv[i].v = (rand() % 10 + 1) / 10.0; rv[i].x = (rand() % 10 + 1) / 10.0;
        rv[i].y = (rand() % 10 + 1) / 10.0; rv[i].z = (rand() % 10 + 1) / 10.0;
        qv[i] = (rand() % 10 + 1) / 10.0;
    }
    for (long l = 0; l < dim.number_boxes; l++)
        for (int k = -1; k < box[l].nn; k++) {
            const long o = k < 0 ? box[l].offset : box[l].nei[k].offset;
            for (int i = 0; i < NUMBER_PAR_PER_BOX; i++)
                for (int j = 0; j < NUMBER_PAR_PER_BOX; j++) {
                    FOUR_VECTOR A = rv[box[l].offset + i], B = rv[o + j];
                    const fp vij = exp(-2.0 * par.alpha * par.alpha * (A.v + B.v - DOT(A, B)));
                    FOUR_VECTOR* f = &ref[box[l].offset + i];
                    f->v += qv[o + j] * vij;
                    f->x += qv[o + j] * 2 * vij * (A.x - B.x);
                    f->y += qv[o + j] * 2 * vij * (A.y - B.y);
                    f->z += qv[o + j] * 2 * vij * (A.z - B.z);
                }
        }

    box_str* d_box; FOUR_VECTOR *d_rv, *d_fv; fp* d_qv;
    cudaMalloc((void**)&d_box, dim.number_boxes * sizeof(box_str));
    cudaMalloc((void**)&d_rv, n * sizeof(FOUR_VECTOR));
    cudaMalloc((void**)&d_qv, n * sizeof(fp));
    cudaMalloc((void**)&d_fv, n * sizeof(FOUR_VECTOR));
    cudaMemcpy(d_box, box, dim.number_boxes * sizeof(box_str), cudaMemcpyHostToDevice);
    cudaMemcpy(d_rv, rv, n * sizeof(FOUR_VECTOR), cudaMemcpyHostToDevice);
    cudaMemcpy(d_qv, qv, n * sizeof(fp), cudaMemcpyHostToDevice);
    cudaMemset(d_fv, 0, n * sizeof(FOUR_VECTOR));
    kernel_gpu<<<(unsigned)dim.number_boxes, NUMBER_THREADS>>>(par, dim, d_box, d_rv, d_qv, d_fv);
    cudaDeviceSynchronize();
    cudaMemcpy(fv, d_fv, n * sizeof(FOUR_VECTOR), cudaMemcpyDeviceToHost);
    cudaError_t err = cudaGetLastError();
    cudaFree(d_box); cudaFree(d_rv); cudaFree(d_qv); cudaFree(d_fv);
    fp worst = 0;
    for (long i = 0; i < n; i++) {
        worst = fmax(worst, fabs(fv[i].v - ref[i].v) / (1 + fabs(ref[i].v)));
        worst = fmax(worst, fabs(fv[i].x - ref[i].x) / (1 + fabs(ref[i].v)));
        worst = fmax(worst, fabs(fv[i].y - ref[i].y) / (1 + fabs(ref[i].v)));
        worst = fmax(worst, fabs(fv[i].z - ref[i].z) / (1 + fabs(ref[i].v)));
    }
    free(box); free(rv); free(fv); free(ref); free(qv);
    if (err != cudaSuccess || !(worst < 1e-11)) { printf("FAIL error %g (%s)\n", worst, cudaGetErrorString(err)); return 1; }
    printf("PASS lavamd: %ld particles, error %.2g\n", n, worst);
    return 0;
}
