// Bessel functions. Orders 0 and 1: up to 8 polynomials around the zeros, so that the error stays
// relative there, each in t, the distance from the zero, or in s, the square of the argument; then
// amplitude and phase. Those of floats are those of doubles, rounded.

// --- first kind, orders 0 and 1

// (J0(x) - 1) / x^2; J0(x) / t at the zeros 2.40, 5.52 and 8.65.
__device__ double ws_j0_piece_a(double s) {
  double q = 9.161473230027087e-15;
  q = fma(q, s, -2.4020952670435437e-12);
  q = fma(q, s, 4.709491006031027e-10);
  q = fma(q, s, -6.781683919561644e-08);
  q = fma(q, s, 6.781684027238222e-06);
  q = fma(q, s, -0.00043402777777764564);
  q = fma(q, s, 0.015624999999999988);
  q = fma(q, s, -0.25);
  return q;
}
__device__ double ws_j0_piece_b(double t) {
  double q = -7.648918503354483e-15;
  q = fma(q, t, 1.1167818992160103e-13);
  q = fma(q, t, 1.642858464101391e-12);
  q = fma(q, t, -2.5341978117999852e-11);
  q = fma(q, t, -3.1666673891453246e-10);
  q = fma(q, t, 4.326571098715444e-09);
  q = fma(q, t, 4.470056208902521e-08);
  q = fma(q, t, -5.304914432179458e-07);
  q = fma(q, t, -4.338826289669721e-06);
  q = fma(q, t, 4.3729192731037836e-05);
  q = fma(q, t, 0.00026437703675283417);
  q = fma(q, t, -0.0021942003590165325);
  q = fma(q, t, -0.008657669593304919);
  q = fma(q, t, 0.056601774437946256);
  q = fma(q, t, 0.1079387017549201);
  q = fma(q, t, -0.5191474972894667);
  return q;
}
__device__ double ws_j0_piece_c(double t) {
  double q = 4.2298132485923673e-16;
  q = fma(q, t, 5.4018422413146736e-15);
  q = fma(q, t, -1.210394507903053e-13);
  q = fma(q, t, -1.3799332936854961e-12);
  q = fma(q, t, 2.7453036170070794e-11);
  q = fma(q, t, 2.5921957702820807e-10);
  q = fma(q, t, -4.683397233631999e-09);
  q = fma(q, t, -3.511535828863263e-08);
  q = fma(q, t, 5.716490718439201e-07);
  q = fma(q, t, 3.1997869057231045e-06);
  q = fma(q, t, -4.652109074033978e-05);
  q = fma(q, t, -0.0001751857289937528);
  q = fma(q, t, 0.0022574402290330645);
  q = fma(q, t, 0.004631042145907577);
  q = fma(q, t, -0.05298855286760464);
  q = fma(q, t, -0.030820651425593645);
  q = fma(q, t, 0.34026480655836816);
  return q;
}
__device__ double ws_j0_piece_d(double t) {
  double q = -2.8336386257869424e-11;
  q = fma(q, t, -1.7082016675989884e-10);
  q = fma(q, t, 4.977059559479919e-09);
  q = fma(q, t, 2.775655798491607e-08);
  q = fma(q, t, -5.661159897353933e-07);
  q = fma(q, t, -2.2855098636166276e-06);
  q = fma(q, t, 4.482635335794898e-05);
  q = fma(q, t, 0.0001124376725536899);
  q = fma(q, t, -0.00206033342905367);
  q = fma(q, t, -0.0025093014736092406);
  q = fma(q, t, 0.04403377518478938);
  q = fma(q, t, 0.01568412500021178);
  q = fma(q, t, -0.27145229992520564);
  return q;
}
// J1(x) / x; J1(x) / t at the zeros 3.83 and 7.02.
__device__ double ws_j1_piece_a(double s) {
  double q = -1.3708513783079184e-18;
  q = fma(q, s, 5.206514386636953e-16);
  q = fma(q, s, -1.501709861398591e-13);
  q = fma(q, s, 3.3639290296879604e-11);
  q = fma(q, s, -5.65140332374525e-09);
  q = fma(q, s, 6.781684027353822e-07);
  q = fma(q, s, -5.4253472222190676e-05);
  q = fma(q, s, 0.002604166666666655);
  q = fma(q, s, -0.0625);
  q = fma(q, s, 0.5);
  return q;
}
__device__ double ws_j1_piece_b(double t) {
  double q = -4.242298658758282e-16;
  q = fma(q, t, -4.827681454993312e-15);
  q = fma(q, t, 1.242054282620046e-13);
  q = fma(q, t, 1.2455038492508931e-12);
  q = fma(q, t, -2.7988926413612054e-11);
  q = fma(q, t, -2.3621792273008803e-10);
  q = fma(q, t, 4.735380979613538e-09);
  q = fma(q, t, 3.248286071892381e-08);
  q = fma(q, t, -5.72780574027143e-07);
  q = fma(q, t, -3.0368633785831195e-06);
  q = fma(q, t, 4.6208701297789774e-05);
  q = fma(q, t, 0.00017466429071942875);
  q = fma(q, t, -0.00223312533914758);
  q = fma(q, t, -0.005179719245638445);
  q = fma(q, t, 0.05341044413272482);
  q = fma(q, t, 0.05255614585697723);
  q = fma(q, t, -0.402759395702553);
  return q;
}
__device__ double ws_j1_piece_c(double t) {
  double q = 2.2040619270873613e-15;
  q = fma(q, t, -1.27068710523044e-13);
  q = fma(q, t, -1.1159650318627547e-12);
  q = fma(q, t, 2.8017613414170763e-11);
  q = fma(q, t, 2.0653199593520754e-10);
  q = fma(q, t, -4.720500334882462e-09);
  q = fma(q, t, -2.7273430665902876e-08);
  q = fma(q, t, 5.665270133370969e-07);
  q = fma(q, t, 2.4015808001595067e-06);
  q = fma(q, t, -4.4991475307368066e-05);
  q = fma(q, t, -0.00012550790955296245);
  q = fma(q, t, 0.0021055871432490714);
  q = fma(q, t, 0.003130291726048313);
  q = fma(q, t, -0.046970478949741545);
  q = fma(q, t, -0.02138921280934159);
  q = fma(q, t, 0.30011575252613254);
  return q;
}

// --- second kind: the logarithm times the first kind, and a rest

// The rest divided by x^2 - z^2, z the zero 0.89; Y0(x) / t at the zeros 3.96 and 7.09.
__device__ double ws_y0_piece_a(double s) {
  double q = 5.37114037503714e-17;
  q = fma(q, s, -1.7541095170160546e-14);
  q = fma(q, s, 4.301590866739519e-12);
  q = fma(q, s, -7.996091822738377e-10);
  q = fma(q, s, 1.0780429627355615e-07);
  q = fma(q, s, -9.894726463152999e-06);
  q = fma(q, s, 0.0005617931795902102);
  q = fma(q, s, -0.016744672591055648);
  q = fma(q, s, 0.18214429522164177);
  return q;
}
__device__ double ws_y0_piece_b(double t) {
  double q = 4.223388122430388e-17;
  q = fma(q, t, 1.2137309209508982e-16);
  q = fma(q, t, -3.345012942381732e-16);
  q = fma(q, t, -1.828919708191278e-15);
  q = fma(q, t, 1.4670088817789704e-15);
  q = fma(q, t, 7.768921175843111e-15);
  q = fma(q, t, 9.855420926558054e-15);
  q = fma(q, t, -6.747030933602531e-14);
  q = fma(q, t, 1.2981174495566522e-13);
  q = fma(q, t, -5.37527584759829e-13);
  q = fma(q, t, 2.577610681340462e-12);
  q = fma(q, t, -1.0704563102209207e-11);
  q = fma(q, t, 4.456641029919025e-11);
  q = fma(q, t, -1.8603623423110317e-10);
  q = fma(q, t, 7.670235356724721e-10);
  q = fma(q, t, -3.656786508046766e-09);
  q = fma(q, t, 1.892803997299542e-08);
  q = fma(q, t, -2.185338965297691e-08);
  q = fma(q, t, -2.9348812502500033e-07);
  q = fma(q, t, -4.893369335807496e-06);
  q = fma(q, t, 5.092291380159163e-05);
  q = fma(q, t, 0.00019526940245222053);
  q = fma(q, t, -0.002183518874048762);
  q = fma(q, t, -0.006852566677111099);
  q = fma(q, t, 0.058523822105170216);
  q = fma(q, t, 0.05085590959215824);
  q = fma(q, t, -0.40254267177502423);
  return q;
}
__device__ double ws_y0_piece_c(double t) {
  double q = 8.354655964622639e-16;
  q = fma(q, t, 4.957877563535255e-15);
  q = fma(q, t, -1.1653587485228994e-13);
  q = fma(q, t, -1.3139153533211238e-12);
  q = fma(q, t, 2.8266900244955134e-11);
  q = fma(q, t, 2.3029631409108156e-10);
  q = fma(q, t, -4.7172189208425464e-09);
  q = fma(q, t, -3.098470307275119e-08);
  q = fma(q, t, 5.749349551975877e-07);
  q = fma(q, t, 2.701363792669146e-06);
  q = fma(q, t, -4.5951406706286034e-05);
  q = fma(q, t, -0.00014060259774075133);
  q = fma(q, t, 0.002175984016443007);
  q = fma(q, t, 0.0033183482688956202);
  q = fma(q, t, -0.04802407007625987);
  q = fma(q, t, -0.02117523655676953);
  q = fma(q, t, 0.3000976149104752);
  return q;
}
// The rest but -2 / (pi x), divided by x; Y1(x) / t at the zeros 2.20, 5.43 and 8.60.
__device__ double ws_y1_piece_a(double s) {
  double q = -7.105570396477342e-16;
  q = fma(q, s, 1.9861234705728916e-13);
  q = fma(q, s, -4.163605482605593e-11);
  q = fma(q, s, 6.4380779242291e-09);
  q = fma(q, s, -6.934178767348759e-07);
  q = fma(q, s, 4.77021926914693e-05);
  q = fma(q, s, -0.0018061615852847657);
  q = fma(q, s, 0.026769238141428793);
  q = fma(q, s, 0.024578509506412646);
  return q;
}
__device__ double ws_y1_piece_b(double t) {
  double q = 2.1374743940195344e-11;
  q = fma(q, t, -2.21734635189568e-10);
  q = fma(q, t, 1.000613673244687e-09);
  q = fma(q, t, -2.612762223264439e-09);
  q = fma(q, t, 4.724447050131777e-09);
  q = fma(q, t, -8.032834471006059e-09);
  q = fma(q, t, 1.730142873635467e-08);
  q = fma(q, t, -4.140105453789518e-08);
  q = fma(q, t, 9.352225033582969e-08);
  q = fma(q, t, -2.031156447181542e-07);
  q = fma(q, t, 4.4261364238871114e-07);
  q = fma(q, t, -9.71797897322994e-07);
  q = fma(q, t, 2.1342928878015077e-06);
  q = fma(q, t, -4.681687342031078e-06);
  q = fma(q, t, 1.0263913894979102e-05);
  q = fma(q, t, -2.2491028289465722e-05);
  q = fma(q, t, 4.9244257996479376e-05);
  q = fma(q, t, -0.00010776045482567266);
  q = fma(q, t, 0.0002358699894204488);
  q = fma(q, t, -0.0005096013027588529);
  q = fma(q, t, 0.0010668529994627435);
  q = fma(q, t, -0.002595241688348547);
  q = fma(q, t, 0.0074225533327375295);
  q = fma(q, t, -0.004797811670103345);
  q = fma(q, t, -0.03285739740528699);
  q = fma(q, t, -0.11851454574909663);
  q = fma(q, t, 0.5207864124022675);
  return q;
}
__device__ double ws_y1_piece_c(double t) {
  double q = -2.39476447300446e-17;
  q = fma(q, t, 6.139374647708631e-17);
  q = fma(q, t, -4.4759127085794625e-17);
  q = fma(q, t, 1.148172375307911e-15);
  q = fma(q, t, -7.629690635684784e-15);
  q = fma(q, t, 3.570604984708961e-14);
  q = fma(q, t, -1.959107831336498e-13);
  q = fma(q, t, 1.1705942471196713e-12);
  q = fma(q, t, -4.443723073383751e-12);
  q = fma(q, t, 2.276186464567657e-12);
  q = fma(q, t, -3.8555445125242046e-10);
  q = fma(q, t, 5.5980353324833136e-09);
  q = fma(q, t, 2.550513892466542e-08);
  q = fma(q, t, -5.464420662661963e-07);
  q = fma(q, t, -2.8638625344256273e-06);
  q = fma(q, t, 4.6458679061405374e-05);
  q = fma(q, t, 0.00014662089289270905);
  q = fma(q, t, -0.0021659987510881593);
  q = fma(q, t, -0.004160115934390601);
  q = fma(q, t, 0.050947939743420094);
  q = fma(q, t, 0.03133867744408668);
  q = fma(q, t, -0.3403180455234406);
  return q;
}
__device__ double ws_y1_piece_d(double t) {
  double q = 2.797468014777077e-11;
  q = fma(q, t, 1.554914728908576e-10);
  q = fma(q, t, -4.878512970395367e-09);
  q = fma(q, t, -2.5039130118839604e-08);
  q = fma(q, t, 5.573461481161406e-07);
  q = fma(q, t, 2.0799767700013678e-06);
  q = fma(q, t, -4.38095140314466e-05);
  q = fma(q, t, -0.00010420317161769672);
  q = fma(q, t, 0.0020114910371209537);
  q = fma(q, t, 0.0024179563314930385);
  q = fma(q, t, -0.0434064268181802);
  q = fma(q, t, -0.015789884382735972);
  q = fma(q, t, 0.2714598773101348);
  return q;
}

// --- beyond 8

// sqrt(2 / (pi x)) (P cos chi - Q sin chi) for x > 8, chi = x - pi/4 or x - 3 pi/4; if `second`,
// P sin chi + Q cos chi.
__device__ double ws_bessel_far(double x, int order, int second) {
  double w = 64.0 / (x * x);
  double p;
  double q;
  if (order == 0) {
    p = -3.4847854829165636e-09;
    p = fma(p, w, 2.277996855429744e-08);
    p = fma(p, w, -8.878428482129702e-08);
    p = fma(p, w, 3.5653580444362336e-07);
    p = fma(p, w, -2.1826361459385644e-06);
    p = fma(p, w, 2.7380731218369033e-05);
    p = fma(p, w, -0.0010986328054246987);
    p = fma(p, w, 0.999999999999945);
    q = 1.942220226511537e-08;
    q = fma(q, w, -1.205070635478425e-07);
    q = fma(q, w, 4.2391321271498596e-07);
    q = fma(q, w, -1.4177993448839227e-06);
    q = fma(q, w, 6.582591019061193e-06);
    q = fma(q, w, -5.544532499751483e-05);
    q = fma(q, w, 0.0011444091350653921);
    q = fma(q, w, -0.12499999999965337);
  } else {
    p = 3.804912653315538e-09;
    p = fma(p, w, -2.499927612428577e-08);
    p = fma(p, w, 9.849985417560715e-08);
    p = fma(p, w, -4.0437007581169163e-07);
    p = fma(p, w, 2.5796093877482423e-06);
    p = fma(p, w, -3.520382853686539e-05);
    p = fma(p, w, 0.001831054679852006);
    p = fma(p, w, 1.0000000000000595);
    q = -2.1094092966153404e-08;
    q = fma(q, w, 1.3141200694735628e-07);
    q = fma(q, w, -4.6621640314038394e-07);
    q = fma(q, w, 1.5861085115888205e-06);
    q = fma(q, w, -7.595934997261841e-06);
    q = fma(q, w, 6.776664917179007e-05);
    q = fma(q, w, -0.001602172803530653);
    q = fma(q, w, 0.37499999999962685);
  }
  q = q / x;
  double s = sin(x);
  double c = cos(x);
  // cos and sin of chi, times sqrt(2)
  double u = order == 0 ? c + s : s - c;
  double v = order == 0 ? s - c : -s - c;
  double r = second ? fma(p, v, q * u) : fma(p, u, -q * v);
  return 0.5641895835477563 / sqrt(x) * r;
}

__device__ double ws_j0_d(double x) {
  double a = fabs(x);
  if (!(a < __longlong_as_double(0x7ff0000000000000ll))) return a == a ? 0.0 : x + x;
  if (a > 8.0) return ws_bessel_far(a, 0, 0);
  if (a < 1.4) return fma(ws_j0_piece_a(a * a), a * a, 1.0);
  double t = (a - 2.404825557695773) + 1.176691651530894e-16;
  if (a < 3.9) return t * ws_j0_piece_b(t);
  t = (a - 5.520078110286311) - 8.088597146146722e-17;
  if (a < 7.0) return t * ws_j0_piece_c(t);
  t = (a - 8.653727912911013) + 2.92812607320779e-16;
  return t * ws_j0_piece_d(t);
}
__device__ double ws_j1_positive(double a) {
  if (a > 8.0) return ws_bessel_far(a, 1, 0);
  if (a < 2.2) return a * ws_j1_piece_a(a * a);
  double t = (a - 3.8317059702075125) + 1.5269184090088067e-16;
  if (a < 5.4) return t * ws_j1_piece_b(t);
  t = (a - 7.015586669815619) + 9.414165653410389e-17;
  return t * ws_j1_piece_c(t);
}
__device__ double ws_j1_d(double x) {
  double a = fabs(x);
  if (!(a < __longlong_as_double(0x7ff0000000000000ll))) return a == a ? copysign(0.0, x) : x + x;
  double r = ws_j1_positive(a);
  return __double_as_longlong(x) < 0ll ? -r : r;
}

// What a function of the second kind is for arguments that are not positive and finite.
__device__ double ws_y_special(double x) {
  if (x == 0.0) return __longlong_as_double((long long)0xfff0000000000000ull);
  return x > 0.0 ? 0.0 : __longlong_as_double(0x7ff8000000000000ll);
}
__device__ double ws_y0_d(double x) {
  if (!(x > 0.0 && x < __longlong_as_double(0x7ff0000000000000ll))) return ws_y_special(x);
  if (x > 8.0) return ws_bessel_far(x, 0, 1);
  if (x < 2.0) {
    double t = (x - 0.8935769662791675) - 2.6596231539720385e-17;
    double l = x < 0.45 ? log(x) + 0.11252280788079412 : log1p(t * 1.1190977808704887);
    double r = t * (x + 0.8935769662791675) * ws_y0_piece_a(x * x);
    return fma(0.6366197723675814 * l, ws_j0_d(x), r);
  }
  double t = (x - 3.957678419314858) + 1.0764340697562706e-16;
  if (x < 5.4) return t * ws_y0_piece_b(t);
  t = (x - 7.086051060301773) + 8.835285723085408e-17;
  return t * ws_y0_piece_c(t);
}
__device__ double ws_y1_d(double x) {
  if (!(x > 0.0 && x < __longlong_as_double(0x7ff0000000000000ll))) return ws_y_special(x);
  if (x > 8.0) return ws_bessel_far(x, 1, 1);
  if (x < 1.4) {
    double r = fma(0.6366197723675814 * log(0.5 * x), x * ws_j1_piece_a(x * x), x * ws_y1_piece_a(x * x));
    return r - 0.6366197723675814 / x;
  }
  double t = (x - 2.197141326031017) + 4.8259835876454966e-17;
  if (x < 3.6) return t * ws_y1_piece_b(t);
  t = (x - 5.429681040794135) - 4.162514026670377e-16;
  if (x < 7.0) return t * ws_y1_piece_c(t);
  t = (x - 8.596005868331169) - 2.8415838340063664e-16;
  return t * ws_y1_piece_d(t);
}

__device__ float j0f(float x) { return (float)ws_j0_d((double)x); }
__device__ float j1f(float x) { return (float)ws_j1_d((double)x); }
__device__ float y0f(float x) { return (float)ws_y0_d((double)x); }
__device__ float y1f(float x) { return (float)ws_y1_d((double)x); }
